package io.github.ticketsim.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader of a history refuses, naming file and line. */
class HistoryRefusalTest extends HistoryLinesFixture {
  static Stream<Arguments> fieldsThatAreNeverNull() {
    return Stream.of(
            Map.entry(1, "type format run started strategy model key stock buyers"),
            Map.entry(2, "type id timestamp buyer call return outcome value"),
            Map.entry(3, "type settled"))
        .flatMap(
            line ->
                Stream.of(line.getValue().split(" ", -1))
                    .map(name -> Arguments.of(line.getKey(), name)));
  }

  static Stream<Arguments> requiredFields() {
    return Stream.concat(fieldsThatAreNeverNull(), Stream.of(Arguments.of(3, "left")));
  }

  @ParameterizedTest
  @MethodSource("requiredFields")
  void refusesALineWithoutAFieldItNeeds(int number, String name) throws IOException {
    var lines = lines();
    lines[number - 1] = lines[number - 1].without(name);
    write(lines);
    assertRefused(number, name + " is missing");
  }

  @ParameterizedTest
  @MethodSource("fieldsThatAreNeverNull")
  void refusesNullForAFieldItNeeds(int number, String name) throws IOException {
    var lines = lines();
    lines[number - 1] = lines[number - 1].with(name, "null");
    write(lines);
    assertRefused(number, name + " is missing");
  }

  static Stream<Arguments> fieldsOfAnotherType() {
    var text = List.of("1", "true", "[1]", "{'a':1}");
    var whole = List.of("'1'", "true", "1.5", "1e-1", "18446744073709551616", "1e99", "[1]");
    var flag = List.of("'true'", "1");
    return Stream.of(
            wrong(1, List.of("type", "run", "started", "strategy", "model", "key"), text),
            wrong(1, List.of("format", "stock", "buyers", "warm_up_ms"), whole),
            wrong(1, List.of("warm_up_ms"), List.of("-1", "1152921504607")),
            wrong(1, List.of("buyers"), List.of("-1", "2147483648")),
            wrong(1, List.of("run"), List.of("''", "'1-2-3-4-5'", "'zzz'")),
            wrong(1, List.of("started"), List.of("'yesterday'", "'2026-11-22 08:20:31'")),
            wrong(2, List.of("type", "id", "outcome", "error"), text),
            wrong(2, List.of("timestamp", "buyer", "call", "return", "value", "pool_wait"), whole),
            wrong(2, List.of("intended"), whole),
            wrong(2, List.of("intended"), List.of("1152921504606846977")),
            wrong(2, List.of("buyer"), List.of("-1", "2147483648")),
            wrong(2, List.of("pool_wait"), List.of("-1")),
            wrong(
                2,
                List.of("id"),
                List.of("''", "'5eed'", "'01a20257-b113-73a1-91c45-eed00000000'")),
            wrong(3, List.of("type", "problem", "cut"), text),
            wrong(3, List.of("left"), whole),
            wrong(1, List.of("broken_on_purpose"), flag),
            wrong(3, List.of("settled"), flag))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> wrong(int line, List<String> names, List<String> values) {
    return names.stream()
        .flatMap(name -> values.stream().map(value -> Arguments.of(line, name, value)));
  }

  @ParameterizedTest
  @MethodSource("fieldsOfAnotherType")
  void refusesAFieldOfAnotherType(int number, String name, String json) throws IOException {
    var lines = lines();
    lines[number - 1] = lines[number - 1].with(name, json);
    write(lines);
    assertRefused(number, name + " is ", "expected ");
  }

  @ParameterizedTest
  @CsvSource({
    "1, model, semaphore, 'counter, bounded, tally'",
    "2, outcome, maybe, 'sold, sold_out, failed, indeterminate'",
    "3, cut, bored, 'none, interrupted, silence'"
  })
  void refusesAWordItDoesNotKnow(int number, String name, String word, String known)
      throws IOException {
    var lines = lines();
    lines[number - 1] = lines[number - 1].with(name, "'" + word + "'");
    write(lines);
    assertRefused(number, name + " is '" + word + "'", "expected one of " + known);
  }

  @Test
  void refusesAnAttemptThatBeganBeforeItWasPlanned() throws Exception {
    var planned = BUY.with("intended", "123000");
    write(RUN, planned.with("pool_wait", "456"), END);
    assertThat(HistoryFile.read(file).attempts().get(0).intendedNanos()).hasValue(123_000);
    write(RUN, planned.with("pool_wait", "457"), END);
    assertRefused(2, "intended is 123000, later than call less pool_wait, 122999");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    write(RUN.with("format", "3"), END);
    assertRefused(1, "format is 3", "knows 1 and 2");
  }

  @Test
  void aFaultThatNeverStruckNeedsNothingButItsName() throws Exception {
    write(RUN, Line.of("type", "'fault'").with("fault", "'kill@99%'"), END);
    assertThat(HistoryFile.read(file).faults())
        .containsExactly(new Fault("kill@99%", OptionalLong.empty(), OptionalLong.empty(), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "fault, 1, a string",
    "fault, null, missing",
    "at, true, a whole number",
    "at, 1152921504606846977, 2^60",
    "command, 1.5, a whole number",
    "command, 0, from 1 up",
    "detail, 7, a string"
  })
  void refusesAFaultLineThatMakesNoSense(String name, String json, String expected)
      throws IOException {
    var fault = Line.of("type", "'fault'").with("fault", "'reset:#3'");
    write(RUN, fault.with(name, json), END);
    assertRefused(2, name + " is ", expected);
  }

  @Test
  void refusesALineOfAnUnknownType() throws IOException {
    write(RUN, BUY.with("type", "'sell'"));
    assertRefused(2, "type is 'sell'", "expected one of run, buy, fault, order, end");
  }

  @Test
  void refusesAReturnBeforeItsCall() throws IOException {
    write(RUN, BUY.with("return", "123455"));
    assertRefused(2, "return 123455 is before call 123456");
  }

  @ParameterizedTest
  @ValueSource(strings = {"call", "return", "pool_wait"})
  void refusesTimesThatNoSubtractionSurvives(String name) throws IOException {
    write(RUN, BUY.with(name, "1152921504606846977"));
    assertRefused(2, name + " is 1152921504606846977", "2^60");
    write(RUN, BUY.with(name, "-1152921504606846977"));
    assertRefused(2, name + " is -1152921504606846977", "2^60");
  }

  @ParameterizedTest
  @CsvSource({"counter, sold", "counter, sold_out", "bounded, sold"})
  void refusesAReplyWithoutTheValueItsModelPromises(String model, String outcome)
      throws IOException {
    write(
        RUN.with("model", "'" + model + "'"),
        BUY.without("value").with("outcome", "'" + outcome + "'"));
    assertRefused(2, "value is missing", model, outcome);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.writeString(file, "");
    assertRefused(1, "empty", "expected a run line");
    Files.writeString(file, "\n \n");
    assertRefused(1, "empty", "expected a run line");
  }

  @Test
  void refusesAFileThatDoesNotBeginWithItsRun() throws IOException {
    write(BUY, END);
    assertRefused(1, "the first line must be the run line", "'buy'");
  }

  @Test
  void refusesASecondRun() throws IOException {
    write(RUN, BUY, RUN);
    assertRefused(3, "a second run line");
  }

  @Test
  void refusesAnythingAfterTheEnd() throws IOException {
    write(RUN, BUY, END, BUY);
    assertRefused(4, "nothing may follow the end line");
    write(RUN, END, END);
    assertRefused(3, "nothing may follow the end line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "<html>",
        "{\"type\":\"buy\"",
        "{\"type\" \"buy\"}",
        "{'type':'buy'}",
        "{]",
        "{\"a\":NaN}",
        "\"text",
        "{\"a\":\"\u0001\"}"
      })
  void refusesALineThatIsNoJson(String line) throws IOException {
    Files.writeString(file, RUN + "\n" + BUY + "\n" + line);
    assertRefused(3, "not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "[]", "\"buy\"", "null", "true"})
  void refusesALineThatIsNoObject(String line) throws IOException {
    Files.writeString(file, RUN + "\n" + line + "\n" + END);
    assertRefused(2, "expected one JSON object a line");
  }

  @Test
  void refusesTwoObjectsOnALine() throws IOException {
    Files.writeString(file, RUN + "\n" + BUY + " " + BUY + "\n");
    assertRefused(2, "more than one JSON document");
  }

  @Test
  void refusesAnObjectOverTwoLines() throws IOException {
    Files.writeString(file, RUN + "\n" + BUY.toString().replace(",\"call", ",\n\"call") + "\n");
    assertRefused(2, "over several lines");
  }

  @Test
  void refusesAFileCutOffWithinALine() throws IOException {
    var whole = RUN + "\n" + BUY + "\n" + BUY;
    for (var missing = 1; missing < BUY.toString().length(); missing++) {
      Files.writeString(file, whole.substring(0, whole.length() - missing));
      assertRefused(3, "cut off");
    }
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.writeString(file, RUN + "\n" + FAILED.with("error", "'refus\u00e9'") + "\n", ISO_8859_1);
    assertRefused(2, "UTF-8");
  }

  @Test
  void refusesACompressedFileCutOffAnywhere() throws IOException {
    var whole = gzip((RUN + "\n" + BUY + "\n" + END + "\n").getBytes(UTF_8));
    for (var size = 3; size < whole.length; size++) {
      Files.write(file, Arrays.copyOf(whole, size));
      assertThatExceptionOfType(HistoryFormatException.class)
          .as("%d bytes", size)
          .isThrownBy(() -> HistoryFile.read(file))
          .withMessageContaining("compressed data is damaged or cut off");
    }
  }

  @Test
  void namesTheLineWhereACompressedFileIsDamaged() throws IOException {
    var lines = new StringBuilder(RUN + "\n");
    for (var i = 0; i < 20_000; i++) {
      lines.append(BUY.with("call", String.valueOf(i))).append('\n');
    }
    var whole = gzip(lines.toString().getBytes(UTF_8));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> HistoryFile.read(file))
        .withMessageMatching(".*:\\d{4,5}: the compressed data is damaged or cut off.*");
  }

  @Test
  void reportsAFileThatIsNotThere() {
    assertThatIOException().isThrownBy(() -> HistoryFile.read(file));
  }

  private static Line[] lines() {
    return new Line[] {RUN, BUY, END};
  }
}
