package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Model;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the first line of a history says.
 *
 * @param withTerms whether its format knows items and limits
 */
record RunLine(HistoryLine line, boolean withTerms) {
  /** Told together or not at all. */
  private static final Set<String> SETUP =
      Set.of("version", "server", "load", "pool", "timeout_ms");

  private static final long MOST_WARM_UP_MILLIS = HistoryLine.MOST_NANOS / 1_000_000;

  /** All of it. */
  Run run() throws HistoryFormatException {
    return new Run(
        line.uuid("run"),
        line.instant("started"),
        line.text("strategy"),
        line.optionalFlag("broken_on_purpose"),
        line.word("model", Model.values(), Model::wireName),
        line.text("key"),
        line.whole("stock"),
        line.natural("buyers"),
        warmUpMillis(),
        setup(),
        terms(),
        division());
  }

  private long warmUpMillis() throws HistoryFormatException {
    var millis = line.optionalWhole("warm_up_ms").orElse(0);
    if (millis < 0 || millis > MOST_WARM_UP_MILLIS) {
      throw line.mistyped("warm_up_ms", "milliseconds from 0 to " + MOST_WARM_UP_MILLIS, millis);
    }
    return millis;
  }

  private Optional<Run.Setup> setup() throws HistoryFormatException {
    return line.fields().keySet().containsAll(SETUP)
        ? Optional.of(
            new Run.Setup(
                line.text("version"),
                line.text("server"),
                line.text("load"),
                line.natural("pool"),
                line.whole("timeout_ms"),
                line.optionalWhole("seed"),
                line.optionalFlag("same_request")))
        : Optional.empty();
  }

  private Run.Terms terms() throws HistoryFormatException {
    if (!withTerms) {
      return Run.Terms.NONE;
    }
    var limit = line.optionalWhole("limit");
    if (limit.isPresent() && limit.getAsLong() < 1) {
      throw line.mistyped("limit", "how many tickets a customer may have", limit.getAsLong());
    }
    var items = numbers(line, "items");
    var stock = sum(items.values());
    if (!items.isEmpty() && line.whole("stock") != stock) {
      throw line.broken(
          "stock is %d, but that of the items adds up to %d".formatted(line.whole("stock"), stock));
    }
    return limit.isEmpty() && items.isEmpty()
        ? Run.Terms.NONE
        : new Run.Terms(limit, new LinkedHashMap<>(items));
  }

  /** Nothing if one process made all of the storm. */
  private Optional<Division> division() throws HistoryFormatException {
    if (!line.has("parts")) {
      return Optional.empty();
    }
    var parts = line.natural("parts");
    var clock =
        line.nested("clock")
            .orElseThrow(() -> line.broken("parts without clock; expected both on the run line"));
    if (!line.has("part")) {
      return Optional.of(
          new Division.AllParts(
              parts, natural(clock, "within"), natural(clock, "least"), natural(clock, "stepped")));
    }
    var part = line.natural("part");
    if (part >= parts) {
      throw line.broken(
          "part is %d of %d parts, expected 0 to %d".formatted(part, parts, parts - 1));
    }
    return Optional.of(
        new Division.OnePart(
            part,
            parts,
            line.optionalWhole("demand"),
            line.optionalWhole("whole_demand"),
            new PartClock(
                nanos(clock, "offset"),
                rate(clock),
                natural(clock, "bound"),
                natural(clock, "least"),
                natural(clock, "stepped"))));
  }

  /** Parts of 10^9: a clock that goes at half or double speed is none. */
  private static long rate(HistoryLine clock) throws HistoryFormatException {
    var rate = clock.whole("rate_ppb");
    if (Math.abs(rate) > PartClock.MOST_RATE_PPB) {
      throw clock.mistyped("rate_ppb", "parts of 10^9 within " + PartClock.MOST_RATE_PPB, rate);
    }
    return rate;
  }

  private static long natural(HistoryLine clock, String name) throws HistoryFormatException {
    var nanos = nanos(clock, name);
    if (nanos < 0) {
      throw clock.mistyped(name, "nanoseconds from 0 up", nanos);
    }
    return nanos;
  }

  private static long nanos(HistoryLine clock, String name) throws HistoryFormatException {
    return clock.nanos(name).orElseThrow(() -> clock.missing(name));
  }

  /** The numbers by name of an object; those that are null are left out. */
  static Map<String, Long> numbers(HistoryLine line, String name) throws HistoryFormatException {
    var numbers = new LinkedHashMap<String, Long>();
    if (line.has(name)) {
      var nested =
          line.nested(name)
              .orElseThrow(
                  () ->
                      line.mistyped(
                          name,
                          "an object of whole numbers by item",
                          Objects.requireNonNull(line.fields().get(name))));
      for (var item : nested.fields().keySet()) {
        var number = nested.optionalWhole(item);
        if (number.isPresent()) {
          numbers.put(item, number.getAsLong());
        }
      }
    }
    return numbers;
  }

  static long sum(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }
}
