package io.github.ticketsim.ledger;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts a stream, plain or gzip'd, into lines, and each into the fields of one JSON object. A line
 * is parsed for itself, so that what is wrong with it is said of it, and never of another.
 */
final class HistoryLines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_LINE_BYTES = 1 << 20;
  private static final int MOST_NAME_CHARACTERS = 50_000;
  private static final int MOST_DIGITS = 1_000;
  private static final int MOST_NESTED = 500;
  private static final int MOST_LONG_DIGITS = 19;

  /** What is too long is told from what is no JSON by us, in words of ours. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MOST_LINE_BYTES)
                  .maxNumberLength(MOST_LINE_BYTES)
                  .maxStringLength(MOST_LINE_BYTES)
                  .maxNestingDepth(MOST_NESTED)
                  .build())
          .build();

  private final String file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 10];
  private int length;
  private long number;

  private HistoryLines(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Closes {@code source} when it is closed, or cannot be opened. */
  static HistoryLines open(String file, InputStream source)
      throws IOException, HistoryFormatException {
    var in = new Whole(source);
    try {
      return new HistoryLines(file, decompressed(in));
    } catch (IOException e) {
      in.close();
      throw unreadable(file, 1, e);
    }
  }

  /**
   * Says that more is available until there is nothing. Of a pipe nothing may be available yet, and
   * that is where a gzip stream of several members would end.
   */
  private static final class Whole extends BufferedInputStream {
    Whole(InputStream in) {
      super(in, BUFFER_BYTES);
    }

    @Override
    public synchronized int available() throws IOException {
      mark(1);
      var more = read() >= 0;
      reset();
      return more ? 1 : 0;
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    in.mark(2);
    var magic = in.read() | in.read() << 8;
    in.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(in, BUFFER_BYTES) : in;
  }

  /** What went wrong: compressed data that is damaged is ill-formed, all else is unreadable. */
  private static IOException unreadable(String file, long line, IOException cause)
      throws HistoryFormatException {
    if (cause instanceof EOFException || cause instanceof ZipException) {
      throw new HistoryFormatException(
          file, line, "the compressed data is damaged or cut off, expected a whole gzip file");
    }
    return cause;
  }

  /** The next line that is not blank, or nothing at the end. */
  Optional<HistoryLine> next() throws IOException, HistoryFormatException {
    while (readLine()) {
      if (!blank()) {
        return Optional.of(new HistoryLine(file, number, fields()));
      }
    }
    return Optional.empty();
  }

  /** Whether there was one more line. */
  private boolean readLine() throws IOException, HistoryFormatException {
    length = 0;
    number++;
    while (fill()) {
      var end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(position, end);
      position = end + 1;
      if (end < limit) {
        return true;
      }
    }
    return length > 0;
  }

  /** Whether the buffer holds anything, after reading more if it held nothing. */
  private boolean fill() throws IOException, HistoryFormatException {
    if (position < limit) {
      return true;
    }
    try {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      return limit > 0;
    } catch (IOException e) {
      throw unreadable(file, number, e);
    }
  }

  private void append(int from, int to) throws HistoryFormatException {
    var longer = length + to - from;
    if (longer > MOST_LINE_BYTES) {
      throw broken(
          "the line is longer than " + MOST_LINE_BYTES + " bytes, expected a short object");
    }
    if (longer > line.length) {
      line = Arrays.copyOf(line, Math.max(longer, 2 * line.length));
    }
    System.arraycopy(buffer, from, line, length, to - from);
    length = longer;
  }

  private boolean blank() {
    for (var i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private Map<String, Object> fields() throws HistoryFormatException {
    try (var json = JSON.createParser(ObjectReadContext.empty(), line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken("expected one JSON object a line, found " + json.getString());
      }
      var fields = fields(json);
      if (json.nextToken() != null) {
        throw broken("more than one JSON document on the line, expected one object");
      }
      return fields;
    } catch (StreamConstraintsException _) {
      throw broken("nested deeper than " + MOST_NESTED + " levels, expected an object of fields");
    } catch (JacksonException e) {
      var column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw broken(
          "not JSON, cut off, or over several lines, at column %d; expected a whole JSON object a line, in UTF-8"
              .formatted(Math.max(1, column)));
    }
  }

  /** The fields of the object that has begun. */
  private Map<String, Object> fields(JsonParser json) throws HistoryFormatException {
    var fields = new LinkedHashMap<String, Object>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var name = json.currentName();
      if (name.length() > MOST_NAME_CHARACTERS) {
        throw tooLong("a name", name.length(), "characters", MOST_NAME_CHARACTERS);
      }
      json.nextToken();
      if (fields.put(name, value(json)) != null) {
        throw broken("'" + name + "' stands there twice, expected one of each name");
      }
    }
    return fields;
  }

  /**
   * Objects as maps, scalars as Java values; arrays, no number of 64 bits, or null, as a marker.
   */
  private Object value(JsonParser json) throws HistoryFormatException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> HistoryLine.Odd.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
      case START_OBJECT -> fields(json);
      default -> {
        json.skipChildren();
        yield HistoryLine.Odd.NESTED;
      }
    };
  }

  private Object number(JsonParser json) throws HistoryFormatException {
    var digits = json.getStringLength();
    if (digits > MOST_DIGITS) {
      throw tooLong("a number", digits, "digits", MOST_DIGITS);
    }
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT && digits < MOST_LONG_DIGITS
        ? (Object) json.getLongValue()
        : whole(json.getString());
  }

  /** The whole number that {@code text} stands for, {@code 10.0} and {@code 1e1} too. */
  private static Object whole(String text) {
    try {
      var number = new BigDecimal(text).stripTrailingZeros();
      if (number.scale() > 0) {
        return HistoryLine.Odd.FRACTION;
      }
      // Before the zeros of a great exponent are written out.
      if (number.precision() - (long) number.scale() > MOST_LONG_DIGITS) {
        return HistoryLine.Odd.HUGE;
      }
      var whole = number.toBigIntegerExact();
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : HistoryLine.Odd.HUGE;
    } catch (NumberFormatException _) {
      // An exponent that no number has that anybody counts with.
      return HistoryLine.Odd.HUGE;
    }
  }

  private HistoryFormatException tooLong(String what, int found, String unit, int most) {
    return broken("%s of %d %s, expected at most %d".formatted(what, found, unit, most));
  }

  private HistoryFormatException broken(String problem) {
    return new HistoryFormatException(file, number, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
