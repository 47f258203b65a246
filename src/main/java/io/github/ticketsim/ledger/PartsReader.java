package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Reads the histories of the parts of one storm, and joins them into one on the common clock. Each
 * attempt is kept once.
 *
 * <p>Nobody knows what a part did whose history is missing. As many indeterminate attempts as it
 * can have made stand in for it, called before all others, since the earliest explain the most. If
 * that were more than memory should hold, what was read is taken to say less: a reply that only
 * more of them could explain becomes one that never came. That proves no more than before.
 */
public final class PartsReader {

  /** So many fit beside what was read, in less than a gigabyte. */
  private static final int MOST_STAND_INS = 1 << 24;

  /** What is known of one part beside its attempts. */
  private record PartRead(
      String name,
      Run run,
      Division.OnePart part,
      List<Fault> faults,
      List<Order> orders,
      Ending ending) {}

  private final Ledger ledger = new Ledger();
  private final Map<Integer, PartRead> parts = new TreeMap<>();
  private final int mostStandIns;

  /** A reader of parts. */
  public PartsReader() {
    this(MOST_STAND_INS);
  }

  PartsReader(int mostStandIns) {
    this.mostStandIns = mostStandIns;
  }

  /**
   * Reads one part from {@code in}, which is closed.
   *
   * @param name of the file or stream
   * @throws HistoryFormatException if it is no history of a part, is one of another storm, or one
   *     that was read already
   * @throws IOException if it cannot be read
   */
  public void add(InputStream in, String name) throws IOException, HistoryFormatException {
    try (var lines = HistoryLines.open(name, in)) {
      var reader = new HistoryReader(lines, name);
      var part = required(reader, name);
      var ending = reader.read(ledger, part.clock());
      parts.put(
          part.part(),
          new PartRead(name, reader.run(), part, reader.faults(), reader.orders(), ending));
    }
  }

  private Division.OnePart required(HistoryReader reader, String name)
      throws HistoryFormatException {
    if (!(reader.run().division().orElse(null) instanceof Division.OnePart part)) {
      throw reader.broken(
          "this is a whole run, and several are read together only if each is a part of one storm");
    }
    for (var other : parts.values()) {
      if (!other.run().id().equals(reader.run().id()) || other.part().parts() != part.parts()) {
        throw reader.broken(
            "this is part %d of run %s, but '%s' is part %d of run %s; expected parts of one storm"
                .formatted(
                    part.part(),
                    reader.run().id(),
                    other.name(),
                    other.part().part(),
                    other.run().id()));
      }
    }
    var same = parts.get(part.part());
    if (same != null) {
      throw reader.broken(
          "'%s' is part %d too, and so is '%s'; leave one of them out"
              .formatted(name, part.part(), same.name()));
    }
    return part;
  }

  /** All that was read, at least one part, as one history. */
  public History joined() {
    var first = parts.values().iterator().next();
    var missing =
        IntStream.range(0, first.part().parts()).filter(i -> !parts.containsKey(i)).toArray();
    var seen = ledger.freeze();
    if (missing.length > 0) {
      standIn(first, seen);
    }
    var problem = problem(first.part().parts(), missing);
    var ending = first.ending();
    return new History(
        first.run().withBuyers(buyers()).divided(clocks(first.part().parts())),
        missing.length > 0 ? ledger.freeze() : seen,
        parts.values().stream().flatMap(part -> part.faults().stream()).toList(),
        problem.isPresent() ? List.of() : first.orders(),
        new Ending(
            problem
                .map(words -> Settlement.unsettled(ending.settlement().left(), words))
                .orElse(ending.settlement()),
            stopReason(),
            ending.leftByItem(),
            problem.isPresent() ? OptionalLong.empty() : ending.orders()));
  }

  /** Those of a part that is missing have all the same come, as far as anybody knows. */
  private int buyers() {
    return parts.values().stream().mapToInt(part -> part.run().buyers()).sum();
  }

  private Division clocks(int count) {
    return new Division.AllParts(
        count,
        between(PartClock::boundNanos),
        between(PartClock::leastNanos),
        parts.values().stream()
            .mapToLong(part -> part.part().clock().steppedNanos())
            .max()
            .orElse(0));
  }

  /** By how much two clocks can differ at most; one clock does not differ from itself. */
  private long between(ToLongFunction<PartClock> bound) {
    var sorted =
        parts.values().stream()
            .map(part -> part.part().clock())
            .mapToLong(bound)
            .sorted()
            .toArray();
    return sorted.length == 1 ? 0 : LongStream.of(sorted).skip(sorted.length - 2L).sum();
  }

  private Ending.StopReason stopReason() {
    return parts.values().stream()
        .map(part -> part.ending().stopReason())
        .filter(reason -> reason != Ending.StopReason.NONE)
        .findFirst()
        .orElse(Ending.StopReason.NONE);
  }

  /** Why what part 0 read of the stock does not count. */
  private Optional<String> problem(int count, int[] missing) {
    if (missing.length > 0) {
      return Optional.of(
          "%s of %d %s missing; give `ticket-sim report` the runs of all parts, or storm again"
              .formatted(named(missing), count, missing.length == 1 ? "is" : "are"));
    }
    return parts.values().stream()
        .filter(part -> !part.ending().settlement().settled())
        .map(
            part ->
                "part %d: %s"
                    .formatted(
                        part.part().part(),
                        part.ending().settlement().problem().orElse("it has not settled")))
        .findFirst();
  }

  private static String named(int[] missing) {
    return (missing.length == 1 ? "part " : "parts ")
        + IntStream.of(missing).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  private void standIn(PartRead first, Attempts seen) {
    var items = first.run().terms().items();
    var names =
        items.isEmpty()
            ? List.of(Optional.<String>empty())
            : items.keySet().stream().map(Optional::of).toList();
    var most = mostStandIns / names.size();
    var count = Math.min(missingDemand(), mostUseful(first.run(), seen));
    if (count > most) {
      count = most;
      silence(first.run(), seen, most);
    }
    var call = IntStream.range(0, seen.size()).mapToLong(seen::callNanos).min().orElse(0);
    var high = first.run().id().getMostSignificantBits();
    var low = first.run().id().getLeastSignificantBits();
    var timestamp = first.run().started().toEpochMilli();
    var outcome = new Outcome.Indeterminate("its part is missing: nobody knows what it did");
    for (var item : names) {
      var particulars =
          item.isEmpty()
              ? Particulars.NONE
              : new Particulars(Optional.empty(), item, 1, Optional.empty(), Optional.empty());
      for (var i = 0L; i < count; i++) {
        ledger.append(
            Attempt.of(
                    // The id of the run, counted on: no attempt has one of these.
                    new UUID(high, ++low),
                    timestamp,
                    0,
                    OptionalLong.empty(),
                    call,
                    OptionalLong.empty(),
                    outcome)
                .with(particulars));
      }
    }
  }

  /** Takes those for unanswered whose reply says that more than {@code most} were taken. */
  private void silence(Run run, Attempts seen, int most) {
    var stocks = run.terms().items();
    var why = "what it found cannot be judged without the parts that are missing";
    for (var i = 0; i < seen.size(); i++) {
      var kind = seen.kind(i);
      var tells = seen.hasValue(i) || (kind.replied() && kind != Outcome.Kind.SOLD);
      var stock =
          stocks.isEmpty()
              ? run.stock()
              : stocks.getOrDefault(seen.name(seen.item(i)), run.stock());
      if (tells && taken(stock, seen.hasValue(i) ? seen.value(i) : 0) > most) {
        ledger.replace(i, seen.get(i).unanswered(why));
      }
    }
  }

  /** How many tickets the parts that are missing asked for at most. */
  private long missingDemand() {
    var whole = parts.values().iterator().next().part().wholeDemand();
    return whole.isEmpty()
        ? Long.MAX_VALUE
        : whole.getAsLong()
            - parts.values().stream().mapToLong(part -> part.part().demand().orElse(0)).sum();
  }

  /** One for each ticket that there was, or that a reply implies; more explain no more. */
  private static long mostUseful(Run run, Attempts seen) {
    var most = Math.max(run.stock(), 1 << 16);
    for (var i = 0; i < seen.size(); i++) {
      if (seen.hasValue(i)) {
        most = Math.max(most, taken(run.stock(), seen.value(i)));
      }
    }
    return most;
  }

  /** How many were taken until {@code value} was left; the greatest long if they are more. */
  private static long taken(long stock, long value) {
    var taken = stock - value;
    return value >= stock ? 0 : taken > 0 ? taken : Long.MAX_VALUE;
  }
}
