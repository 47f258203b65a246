package io.github.ticketsim.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One parsed line of a history file: finds its fields, checks their types, and says in one sentence
 * what is wrong with them.
 *
 * @param file that holds the line
 * @param number counted from 1
 * @param fields by name: a String, Long, Boolean, an {@link Odd}, or a map of these
 */
record HistoryLine(String file, long number, Map<String, Object> fields) {

  /** Times up to this can be added to and subtracted from each other without overflow. */
  static final long MOST_NANOS = 1L << 60;

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

  HistoryFormatException broken(String problem) {
    return new HistoryFormatException(file, number, problem);
  }

  String text(String name) throws HistoryFormatException {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case Odd.NULL -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw mistyped(name, "a string", other);
    };
  }

  /** A string, or a whole number in its digits. */
  Optional<String> optionalName(String name) throws HistoryFormatException {
    return fields.get(name) instanceof Long whole
        ? Optional.of(whole.toString())
        : optionalText(name);
  }

  /** The fields of an object; empty if {@code name} is missing, null or something else. */
  Optional<HistoryLine> nested(String name) {
    if (!(fields.get(name) instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    var inner = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> inner.put((String) key, value));
    return Optional.of(new HistoryLine(file, number, inner));
  }

  boolean has(String name) {
    return fields.containsKey(name) && fields.get(name) != Odd.NULL;
  }

  long whole(String name) throws HistoryFormatException {
    return optionalWhole(name).orElseThrow(() -> missing(name));
  }

  OptionalLong optionalWhole(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> OptionalLong.empty();
      case Odd.NULL -> OptionalLong.empty();
      case Long whole -> OptionalLong.of(whole);
      case Object other -> throw mistyped(name, "a whole number", other);
    };
  }

  /** A time that can be added to and subtracted from others without overflow. */
  OptionalLong nanos(String name) throws HistoryFormatException {
    var nanos = optionalWhole(name);
    if (nanos.isPresent() && (nanos.getAsLong() > MOST_NANOS || nanos.getAsLong() < -MOST_NANOS)) {
      throw mistyped(name, "at most 2^60 nanoseconds", nanos.getAsLong());
    }
    return nanos;
  }

  int natural(String name) throws HistoryFormatException {
    var whole = whole(name);
    if (whole < 0 || whole > Integer.MAX_VALUE) {
      throw mistyped(name, "a whole number from 0 to " + Integer.MAX_VALUE, whole);
    }
    return (int) whole;
  }

  boolean flag(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> throw missing(name);
      case Odd.NULL -> throw missing(name);
      case Object _ -> optionalFlag(name);
    };
  }

  /** False if it is missing. */
  boolean optionalFlag(String name) throws HistoryFormatException {
    return switch (fields.get(name)) {
      case null -> false;
      case Odd.NULL -> false;
      case Boolean flag -> flag;
      case Object other -> throw mistyped(name, "true or false", other);
    };
  }

  UUID uuid(String name) throws HistoryFormatException {
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

  Instant instant(String name) throws HistoryFormatException {
    var text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw mistyped(name, "a UTC time such as 2026-11-22T08:20:31.123Z", text);
    }
  }

  <E> E word(String name, E[] known, Function<E, String> word) throws HistoryFormatException {
    var text = text(name);
    for (var value : known) {
      if (word.apply(value).equals(text)) {
        return value;
      }
    }
    var words = Arrays.stream(known).map(word).collect(Collectors.joining(", "));
    throw mistyped(name, "one of " + words, text);
  }

  HistoryFormatException missing(String name) {
    return broken(name + " is missing");
  }

  HistoryFormatException mistyped(String name, String expected, Object found) {
    var shown =
        switch (found) {
          case String text -> "'" + text + "'";
          case Map<?, ?> _ -> Odd.NESTED.toString();
          default -> found.toString();
        };
    return broken(name + " is " + shown + ", expected " + expected);
  }
}
