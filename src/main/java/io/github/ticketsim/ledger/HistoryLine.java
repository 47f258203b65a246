package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One parsed line of a history file: finds its fields, checks their types, and says in one sentence
 * what is wrong with them.
 *
 * @param file that holds the line
 * @param number counted from 1
 * @param fields by name: a String, Long or Boolean, or an {@link Odd}
 */
record HistoryLine(String file, long number, Map<String, Object> fields) {

  /** Told together or not at all. */
  private static final Set<String> SETUP =
      Set.of("version", "server", "load", "pool", "timeout_ms");

  private static final long MOST_NANOS = 1L << 60;
  private static final long MOST_WARM_UP_MILLIS = MOST_NANOS / 1_000_000;

  /** Values of which only the kind matters. */
  enum Odd {
    NULL("null"),
    FRACTION("a number that is not whole"),
    HUGE("a number that 64 bits do not hold"),
    NESTED("an object or array");

    private final String words;

    Odd(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  String type() throws HistoryFormatException {
    return text("type");
  }

  Run toRun() throws HistoryFormatException {
    if (!type().equals("run")) {
      throw broken("the first line must be the run line, found type '" + type() + "'");
    }
    if (whole("format") != HistoryFile.FORMAT) {
      throw broken("format is " + whole("format") + ", this reader knows " + HistoryFile.FORMAT);
    }
    return new Run(
        uuid("run"),
        instant("started"),
        text("strategy"),
        optionalFlag("broken_on_purpose"),
        word("model", Model.values(), Model::word),
        text("key"),
        whole("stock"),
        natural("buyers"),
        warmUpMillis(),
        setup());
  }

  private long warmUpMillis() throws HistoryFormatException {
    var millis = optionalWhole("warm_up_ms").orElse(0);
    if (millis < 0 || millis > MOST_WARM_UP_MILLIS) {
      throw mistyped("warm_up_ms", "milliseconds from 0 to " + MOST_WARM_UP_MILLIS, millis);
    }
    return millis;
  }

  private Optional<Run.Setup> setup() throws HistoryFormatException {
    return fields.keySet().containsAll(SETUP)
        ? Optional.of(
            new Run.Setup(
                text("version"),
                text("server"),
                text("load"),
                natural("pool"),
                whole("timeout_ms"),
                optionalWhole("seed"),
                optionalFlag("same_request")))
        : Optional.empty();
  }

  Attempt toAttempt(Run run) throws HistoryFormatException {
    var kind = word("outcome", Outcome.Kind.values(), Outcome.Kind::word);
    var value = optionalWhole("value");
    var error = optionalText("error").orElse("");
    var outcome =
        switch (kind) {
          case SOLD -> new Outcome.Sold(value);
          case SOLD_OUT -> new Outcome.SoldOut(value);
          case FAILED -> new Outcome.Failed(error);
          case INDETERMINATE -> new Outcome.Indeterminate(error);
        };
    if (value.isEmpty() && run.promisesValue(kind)) {
      throw broken(
          "value is missing; in model "
              + run.model().word()
              + " every reply '"
              + kind.word()
              + "' carries the counter");
    }
    var call = nanos("call").orElseThrow(() -> missing("call"));
    var returned = nanos("return");
    if (returned.isEmpty() && kind.replied()) {
      throw missing("return");
    }
    if (returned.isPresent() && returned.getAsLong() < call) {
      throw broken("return " + returned.getAsLong() + " is before call " + call);
    }
    var poolWait = nanos("pool_wait");
    if (poolWait.isPresent() && poolWait.getAsLong() < 0) {
      throw broken("pool_wait is " + poolWait.getAsLong() + ", expected nanoseconds from 0 up");
    }
    var intended = nanos("intended");
    if (intended.isPresent() && intended.getAsLong() > call - poolWait.orElse(0)) {
      throw broken(
          "intended is %d, later than call less pool_wait, %d"
              .formatted(intended.getAsLong(), call - poolWait.orElse(0)));
    }
    return new Attempt(
        uuid("id"),
        whole("timestamp"),
        natural("buyer"),
        intended,
        poolWait,
        call,
        // When its buyer stopped waiting bounds nothing.
        kind == Outcome.Kind.INDETERMINATE ? OptionalLong.empty() : returned,
        outcome);
  }

  Fault toFault() throws HistoryFormatException {
    var command = optionalWhole("command");
    if (command.isPresent() && command.getAsLong() < 1) {
      throw broken("command is " + command.getAsLong() + ", expected a number from 1 up");
    }
    return new Fault(text("fault"), nanos("at"), command, optionalText("detail").orElse(""));
  }

  Ending toEnding() throws HistoryFormatException {
    if (!fields.containsKey("left")) {
      throw broken("left is missing; it is the counter after the storm, or null");
    }
    var settled = flag("settled");
    var left = optionalWhole("left");
    var problem = optionalText("problem");
    if (problem.isEmpty() && !(settled && left.isPresent())) {
      problem =
          Optional.of(settled ? "the counter could not be read" : "the storm had not settled");
    }
    var stopReason =
        optionalText("cut").isEmpty()
            ? Ending.StopReason.NONE
            : word("cut", Ending.StopReason.values(), Ending.StopReason::wireName);
    return new Ending(new Settlement(left, settled, problem), stopReason);
  }

  HistoryFormatException broken(String problem) {
    return new HistoryFormatException(file, number, problem);
  }

  private String text(String name) throws HistoryFormatException {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  private Optional<String> optionalText(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case Odd.NULL -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw mistyped(name, "a string", other);
    };
  }

  private long whole(String name) throws HistoryFormatException {
    return optionalWhole(name).orElseThrow(() -> missing(name));
  }

  private OptionalLong optionalWhole(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> OptionalLong.empty();
      case Odd.NULL -> OptionalLong.empty();
      case Long whole -> OptionalLong.of(whole);
      case Object other -> throw mistyped(name, "a whole number", other);
    };
  }

  /** A time that can be added to and subtracted from others without overflow. */
  private OptionalLong nanos(String name) throws HistoryFormatException {
    var nanos = optionalWhole(name);
    if (nanos.isPresent() && (nanos.getAsLong() > MOST_NANOS || nanos.getAsLong() < -MOST_NANOS)) {
      throw mistyped(name, "at most 2^60 nanoseconds", nanos.getAsLong());
    }
    return nanos;
  }

  private int natural(String name) throws HistoryFormatException {
    var whole = whole(name);
    if (whole < 0 || whole > Integer.MAX_VALUE) {
      throw mistyped(name, "a whole number from 0 to " + Integer.MAX_VALUE, whole);
    }
    return (int) whole;
  }

  private boolean flag(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> throw missing(name);
      case Odd.NULL -> throw missing(name);
      case Object _ -> optionalFlag(name);
    };
  }

  /** False if it is missing. */
  private boolean optionalFlag(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> false;
      case Odd.NULL -> false;
      case Boolean flag -> flag;
      case Object other -> throw mistyped(name, "true or false", other);
    };
  }

  private UUID uuid(String name) throws HistoryFormatException {
    var text = text(name);
    try {
      var uuid = UUID.fromString(text);
      // It reads "1-2-3-4-5" too.
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // The same complaint.
    }
    throw mistyped(name, "a UUID", text);
  }

  private Instant instant(String name) throws HistoryFormatException {
    var text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw mistyped(name, "a UTC time such as 2026-11-22T08:20:31.123Z", text);
    }
  }

  private <E> E word(String name, E[] known, Function<E, String> word)
      throws HistoryFormatException {
    var text = text(name);
    for (var value : known) {
      if (word.apply(value).equals(text)) {
        return value;
      }
    }
    var words = Arrays.stream(known).map(word).collect(Collectors.joining(", "));
    throw mistyped(name, "one of " + words, text);
  }

  private HistoryFormatException missing(String name) {
    return broken(name + " is missing");
  }

  private HistoryFormatException mistyped(String name, String expected, Object found) {
    var shown = found instanceof String text ? "'" + text + "'" : found.toString();
    return broken(name + " is " + shown + ", expected " + expected);
  }
}
