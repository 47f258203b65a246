package io.github.ticketsim.ledger;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Cuts a file, plain or gzip'd, into the JSON objects of a history, one a line. */
final class HistoryLines implements AutoCloseable {
  /** What the parser adds for those who program it. */
  private static final Pattern JARGON =
      Pattern.compile("(?s)\\s*(\\(start marker|: enable|\\(from `?StreamReadConstraints|\\R).*");

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final JsonParser json;
  private long lastLine;

  private HistoryLines(Path file, InputStream in, JsonParser json) {
    this.file = file;
    this.in = in;
    this.json = json;
  }

  static HistoryLines open(Path file) throws IOException, HistoryFormatException {
    var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return new HistoryLines(file, in, parser(decompressed(in)));
    } catch (JacksonIOException e) {
      in.close();
      throw unreadable(file, 1, requireNonNull(e.getCause()));
    } catch (IOException e) {
      in.close();
      throw unreadable(file, 1, e);
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    in.mark(2);
    var magic = in.read() | in.read() << 8;
    in.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(in, BUFFER_BYTES) : in;
  }

  /** Reads ahead, to find out the encoding. */
  private static JsonParser parser(InputStream in) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build()
        .createParser(ObjectReadContext.empty(), in);
  }

  /** What went wrong: compressed data that is damaged is ill-formed, all else is unreadable. */
  private static IOException unreadable(Path file, long line, IOException cause)
      throws HistoryFormatException {
    if (cause instanceof EOFException || cause instanceof ZipException) {
      throw new HistoryFormatException(
          file, line, "the compressed data is damaged or cut off, expected a whole gzip file");
    }
    return cause;
  }

  /** The next line, or nothing at the end of the file. */
  Optional<HistoryLine> next() throws IOException, HistoryFormatException {
    try {
      var token = json.nextToken();
      if (token == null) {
        return Optional.empty();
      }
      var number = json.currentTokenLocation().getLineNr();
      if (token != JsonToken.START_OBJECT) {
        throw new HistoryFormatException(
            file, number, "expected one JSON object a line, found " + json.getString());
      }
      if (number == lastLine) {
        throw new HistoryFormatException(file, number, "more than one JSON object on the line");
      }
      lastLine = number;
      var fields = new HashMap<String, Object>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        var name = json.currentName();
        json.nextToken();
        fields.put(name, value());
      }
      if (json.currentLocation().getLineNr() != number) {
        throw new HistoryFormatException(
            file, number, "a JSON object over several lines, expected one a line");
      }
      return Optional.of(new HistoryLine(file, number, fields));
    } catch (JacksonIOException e) {
      throw unreadable(file, lastLine + 1, requireNonNull(e.getCause()));
    } catch (JacksonException e) {
      throw new HistoryFormatException(
          file,
          Math.max(1, e.getLocation() == null ? lastLine + 1 : e.getLocation().getLineNr()),
          e instanceof UnexpectedEndOfInputException
              ? "not JSON: the line is cut off, expected a whole object"
              : "not JSON, or cut off: " + JARGON.matcher(e.getOriginalMessage()).replaceAll(""));
    }
  }

  /** Scalars as Java values; what is nested, no number of 64 bits, or null, as a marker. */
  private Object value() {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> HistoryLine.Odd.NULL;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? bigNumber(json.getBigIntegerValue())
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> HistoryLine.Odd.FRACTION;
      default -> {
        json.skipChildren();
        yield HistoryLine.Odd.NESTED;
      }
    };
  }

  private static Object bigNumber(BigInteger number) {
    return number.bitLength() < Long.SIZE ? number.longValue() : HistoryLine.Odd.HUGE;
  }

  @Override
  public void close() throws IOException {
    try (in) {
      json.close();
    }
  }
}
