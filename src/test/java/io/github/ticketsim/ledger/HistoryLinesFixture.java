package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history file written line by line. */
abstract class HistoryLinesFixture {
  static final Line RUN =
      Line.of("type", "'run'")
          .with("format", "1")
          .with("run", "'01a20257-b113-7ccc-8ddd-0123456789ab'")
          .with("started", "'2026-11-22T08:20:31.123Z'")
          .with("strategy", "'decr'")
          .with("model", "'counter'")
          .with("key", "'ticket:stock'")
          .with("stock", "1000")
          .with("buyers", "5000");
  static final Line BUY =
      Line.of("type", "'buy'")
          .with("id", "'01a20257-b113-73a1-91c4-5eed00000000'")
          .with("timestamp", "1795335631123")
          .with("buyer", "17")
          .with("call", "123456")
          .with("return", "234567")
          .with("outcome", "'sold'")
          .with("value", "999");
  static final Line FAILED = BUY.without("return").without("value").with("outcome", "'failed'");
  static final Line END = Line.of("type", "'end'").with("left", "999").with("settled", "true");

  Path file = Path.of("");

  @BeforeEach
  void nameTheFile(@TempDir Path folder) {
    file = folder.resolve(HistoryFile.NAME);
  }

  /** The raw JSON of each field of one line, quoted with {@code '}. */
  record Line(Map<String, String> fields) {

    static Line of(String name, String json) {
      return new Line(Map.of()).with(name, json);
    }

    Line with(String name, String json) {
      var changed = new LinkedHashMap<>(fields);
      changed.put(name, json);
      return new Line(changed);
    }

    Line without(String name) {
      var changed = new LinkedHashMap<>(fields);
      changed.remove(name);
      return new Line(changed);
    }

    @Override
    public String toString() {
      return fields.entrySet().stream()
          .map(field -> "'" + field.getKey() + "':" + field.getValue())
          .collect(Collectors.joining(",", "{", "}"))
          .replace('\'', '"');
    }
  }

  void write(Line... lines) throws IOException {
    Files.writeString(
        file, Stream.of(lines).map(line -> line + "\n").collect(Collectors.joining()));
  }

  void assertRefused(int line, String... words) {
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> HistoryFile.read(file))
        .withMessageStartingWith(file + ":" + line + ": ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
