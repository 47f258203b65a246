package io.github.ticketsim.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ticketsim.stock.Settlement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands on a line, and what is said of it; the fields are another test's matter. */
class HistoryLinesTest {
  private static final String RUN =
      """
      {"type":"run","format":1,"run":"01a20257-b113-7ccc-8ddd-0123456789ab","started":"2026-11-22T08:20:31.123Z","strategy":"decr","model":"tally","key":"k","stock":1,"buyers":1}
      """;
  private static final String BUY =
      """
      {"type":"buy","id":"01a20257-b113-73a1-91c4-5eed00000000","timestamp":1,"buyer":0,"call":1,"return":2,"outcome":"sold"}
      """;
  private static final String END =
      """
      {"type":"end","left":0,"settled":true}
      """;

  static Stream<Arguments> linesThatAreTooMuch() {
    return Stream.of(
        Arguments.of("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}", "nested deeper than 500"),
        Arguments.of("{\"a\":" + "9".repeat(1_200) + "}", "a number of 1200 digits, expected"),
        Arguments.of("{\"a\":0." + "9".repeat(1_200) + "}", "a number of 1202 digits, expected"),
        Arguments.of("{\"" + "a".repeat(60_000) + "\":1}", "a name of 60000 characters, expected"),
        Arguments.of("{\"a\":\"" + "a".repeat(1 << 20) + "\"}", "longer than 1048576 bytes"),
        Arguments.of("{\"a\":1}{\"b\":2}", "more than one JSON document on the line"),
        Arguments.of("{\"a\":1} {\"b\":2}", "more than one JSON document on the line"),
        Arguments.of("{\"a\":1} 2", "more than one JSON document on the line"),
        Arguments.of("{\"a\":1},", "not JSON"),
        Arguments.of("{\"a\":1,\"a\":2}", "'a' stands there twice"),
        Arguments.of("{\"a\":01}", "not JSON, cut off, or over several lines, at column "));
  }

  @ParameterizedTest
  @MethodSource("linesThatAreTooMuch")
  void saysWhatIsTooMuchOfTheLineOnWhichItStands(String line, String words) {
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> read(RUN + line + "\n" + BUY + END))
        .withMessageStartingWith("here:2: ")
        .withMessageContaining(words)
        .withMessageContaining("expected")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("maximum allowed"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0, 10",
    "1e1, 10",
    "1E+1, 10",
    "100e-1, 10",
    "-0.0, 0",
    "9223372036854775807.0, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "-9.223372036854775808e18, -9223372036854775808"
  })
  void readsAWholeNumberHoweverItIsWritten(String written, long whole) throws Exception {
    var history = read(RUN + END.replace(":0,", ":" + written + ","));
    assertThat(history.ending().settlement()).isEqualTo(Settlement.settled(whole));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775808, 64 bits", "1e19, 64 bits", "1e999999999, 64 bits",
    "1e99999999999, 64 bits", "10.5, not whole", "1e-999999999, not whole"
  })
  void refusesWhatIsNoWholeNumberOf64Bits(String written, String words) {
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> read(RUN + END.replace(":0,", ":" + written + ",")))
        .withMessageStartingWith("here:2: left is a number ")
        .withMessageContaining(words);
  }

  @Test
  void refusesMoreBuyersThanThereAre() throws Exception {
    var other = BUY.replace("\"buyer\":0", "\"buyer\":7");
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> read(RUN.replace("\"buyers\":1", "\"buyers\":0") + BUY + END))
        .withMessage(
            "here:1: buyers is 0, but the attempts are those of 1; expected as many or more");
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> read(RUN + BUY + other + other + END))
        .withMessageContaining("buyers is 1, but the attempts are those of 2");
    assertThat(read(RUN + other + other + END).attempts().size()).isEqualTo(2);
  }

  @Test
  void readsAGzipStreamOfSeveralMembersThatArrivesByAndBy() throws Exception {
    var bytes = new ByteArrayOutputStream();
    for (var part : new String[] {RUN, BUY, END}) {
      try (var zip = new GZIPOutputStream(bytes)) {
        zip.write(part.getBytes(UTF_8));
      }
    }
    var history = HistoryFile.read(byAndBy(bytes.toByteArray()), "here");
    assertThat(history.attempts().size()).isEqualTo(1);
    assertThat(history.ending().settlement()).isEqualTo(Settlement.settled(0));
  }

  @Test
  void readsALineThatBeginsInOneBufferAndEndsInAnother() throws Exception {
    var longer = BUY.replace("}", ",\"note\":\"" + "x".repeat(200_000) + "\"}");
    assertThat(read(RUN + longer + BUY + END.strip()).attempts().size()).isEqualTo(2);
  }

  private static History read(String text) throws IOException, HistoryFormatException {
    return HistoryFile.read(byAndBy(text.getBytes(UTF_8)), "here");
  }

  /** As a pipe does: a few bytes at a time, of which nobody knows before they are there. */
  private static InputStream byAndBy(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1_000));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }
}
