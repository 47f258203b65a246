package io.github.ticketsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.run.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What reports look like, to the letter. After a change that is meant, {@code mvn test
 * -Dtest=GoldenReportTest -Dgolden.write=true} writes the expected files anew; read the diff.
 */
class GoldenReportTest {
  private static final Path REPORTS = Path.of("src/test/resources/reports");
  static final List<String> NAMES =
      List.of("valid", "invalid", "unknown", "unexercised", "faults", "open", "broken-on-purpose");
  private static final int COLUMNS = 80;
  private static final int LINES = 24;
  private static final List<Limit> LIMITS =
      Stream.of("p99>3ms", "round_trip.p50>3ms", "throughput<10k/s", "rate<1", "failed>0.5%")
          .map(Limit::parse)
          .toList();
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  @ParameterizedTest
  @FieldSource("NAMES")
  void textIsAsExpected(String name) throws IOException, HistoryFormatException {
    assertGolden(name + ".txt", render(name, Format.TEXT, false));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void shortTextIsAsExpected(String name) throws IOException, HistoryFormatException {
    assertGolden(name + ".short.txt", render(name, Format.SHORT, false));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void noLineIsWiderThanATerminal(String name) throws IOException, HistoryFormatException {
    for (var format : List.of(Format.TEXT, Format.SHORT)) {
      assertThat(render(name, format, false).lines())
          .as(format.name())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "invalid", "unexercised", "broken-on-purpose"})
  void theShortTextOfAnUneventfulRunFitsOnOneScreen(String name)
      throws IOException, HistoryFormatException {
    assertThat(render(name, Format.SHORT, false).lines()).hasSizeLessThan(LINES - 1);
  }

  @Test
  void coloursDoNotMakeLinesShorter() throws IOException, HistoryFormatException {
    for (var format : List.of(Format.TEXT, Format.SHORT)) {
      assertThat(render("open", format, true).replaceAll("\u001B\\[[0-9]+m", ""))
          .isEqualTo(render("open", format, false));
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void jsonIsAsExpectedAndFitsItsSchema(String name) throws IOException, HistoryFormatException {
    var json = render(name, Format.JSON, false);

    assertGolden(name + ".json", json);
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"VALID,GREEN", "pass,passed", "below_ns,below", "p999_ns,p9999", "counter,count"})
  void schemaRefusesAReportThatWasTamperedWith(String text, String other)
      throws IOException, HistoryFormatException {
    var json = render("valid", Format.JSON, false);

    var tampered = json.replace("\"" + text + "\"", "\"" + other + "\"");

    assertThat(tampered).isNotEqualTo(json);
    assertThat(schema().validate(tampered, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void coloursAreOnlyWhereTheyAreWanted() throws IOException, HistoryFormatException {
    assertThat(render("invalid", Format.TEXT, true)).startsWith("\u001B[31mINVALID");
    assertThat(render("valid", Format.TEXT, true)).startsWith("\u001B[32mVALID");
    assertThat(render("invalid", Format.TEXT, false)).doesNotContain("\u001B");
    assertThat(render("invalid", Format.JSON, true)).doesNotContain("\u001B");
  }

  @Test
  void figuresDoNotDependOnTheLocale() throws IOException, HistoryFormatException {
    var locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertGolden("valid.txt", render("valid", Format.TEXT, false));
      assertGolden("unexercised.json", render("unexercised", Format.JSON, false));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"TEXT", "SHORT"})
  void aComparisonIsAsExpected(Format format) throws IOException, HistoryFormatException {
    var reports = new ArrayList<RunReport>();
    for (var name : NAMES) {
      reports.add(report(name));
    }
    var text = new StringWriter();
    format.render(new Comparison(reports), new PrintWriter(text));
    assertGolden("comparison." + format + ".txt", text.toString());
  }

  private static String render(String name, Format format, boolean colour)
      throws IOException, HistoryFormatException {
    var text = new StringWriter();
    format.render(report(name), colour, new PrintWriter(text));
    return text.toString();
  }

  private static RunReport report(String name) throws IOException, HistoryFormatException {
    var history = HistoryFile.read(REPORTS.resolve(name + ".ndjson"));
    var limits = name.equals("open") ? LIMITS : List.<Limit>of();
    return RunReport.of(RunResult.of(history), Path.of("runs", name).toString(), limits);
  }

  private static void assertGolden(String file, String actual) throws IOException {
    if (WRITE) {
      Files.writeString(REPORTS.resolve(file), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(REPORTS.resolve(file)));
  }

  private static Schema schema() throws IOException {
    try (var in = JsonReport.class.getResourceAsStream("report.schema.json")) {
      assertThat(in).isNotNull();
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(in, InputFormat.JSON);
    }
  }
}
