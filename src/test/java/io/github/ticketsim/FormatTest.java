package io.github.ticketsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * Holds all Java sources to google-java-format. It runs as a test, not as a Maven plugin, because
 * the formatter parses with the javac of its own JVM, and Maven's may be too old for this code.
 */
class FormatTest {

  private static final boolean WRITE = Boolean.getBoolean("format.write");

  @Test
  void everySourceIsFormatted() throws IOException, FormatterException {
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    try (var files = Files.walk(Path.of("src"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        var source = Files.readString(file);
        var formatted = formatter.formatSourceAndFixImports(source);
        if (!formatted.equals(source)) {
          unformatted.add(file);
          if (WRITE) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    if (!WRITE) {
      assertThat(unformatted)
          .as("run `mvn test -Dtest=FormatTest -Dformat.write=true` to format them")
          .isEmpty();
    }
  }
}
