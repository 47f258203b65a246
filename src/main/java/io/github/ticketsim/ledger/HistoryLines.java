package io.github.ticketsim.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Cuts a stream into the JSON objects of a history, one a line. */
final class HistoryLines implements AutoCloseable {
  private final Path file;
  private final JsonParser json;
  private long lastLine;

  HistoryLines(Path file, InputStream in) {
    this.file = file;
    this.json =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(ObjectReadContext.empty(), in);
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
      throw e.getCause();
    } catch (JacksonException e) {
      throw new HistoryFormatException(
          file,
          Math.max(1, e.getLocation() == null ? lastLine + 1 : e.getLocation().getLineNr()),
          "not JSON, or cut off: "
              + e.getOriginalMessage().lines().findFirst().orElse("no reason"));
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
  public void close() {
    json.close();
  }
}
