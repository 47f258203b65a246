package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.OrderLoss;
import io.github.ticketsim.verify.Verifier;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsReaderTest {
  private static final String RUN = "01a201f1-3b2f-7c6e-8f0d-2f6a3c1b9e55";
  private static final String END = "{\"type\":\"end\",\"left\":-2,\"settled\":true}\n";
  private static final String UNSETTLED =
      "{\"type\":\"end\",\"left\":null,\"settled\":false,\"problem\":\"the network is down\"}\n";

  private int ids;

  private static String line(int part, int parts, long offset, long bound, String more) {
    return """
    {"type":"run","format":1,"run":"%s","started":"2026-11-22T08:20:31.123Z","strategy":"decr",\
    "model":"counter","key":"k","stock":2,"buyers":2,"part":%d,"parts":%d,%s\
    "clock":{"offset":%d,"rate_ppb":0,"bound":%d,"least":10,"stepped":0}}
    """
        .formatted(RUN, part, parts, more, offset, bound);
  }

  private static String line(int part, int parts, long offset, long bound) {
    return line(part, parts, offset, bound, "\"demand\":2,\"whole_demand\":" + 2 * parts + ",");
  }

  private String buy(int buyer, long call, long returned, long value) {
    return """
    {"type":"buy","id":"01a201f1-3b35-7d21-9a44-%012d","timestamp":0,"buyer":%d,"pool_wait":5,\
    "call":%d,"return":%d,"outcome":"%s","value":%d}
    """
        .formatted(ids++, buyer, call, returned, value >= 0 ? "sold" : "sold_out", value);
  }

  private static void add(PartsReader reader, String name, String... lines) throws Exception {
    var text = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    reader.add(new ByteArrayInputStream(text), name);
  }

  private static History joined(String... files) throws Exception {
    var reader = new PartsReader();
    var number = 0;
    for (var file : files) {
      add(reader, "file-" + number++, file);
    }
    return reader.joined();
  }

  private static String advice(Judgement verdict) {
    return verdict.advice().stream().map(Advice::text).collect(Collectors.joining("; "));
  }

  private String part0(long bound) {
    return line(0, 2, 0, bound) + buy(0, 100, 200, 1) + buy(1, 300, 400, -1) + END;
  }

  /** Its clock began 1,000 before the common one. */
  private String part1(long bound) {
    return line(1, 2, -1_000, bound)
        + buy(2, 1_210, 1_290, 0)
        + buy(3, 1_410, 1_500, -2)
        + UNSETTLED.replace("false", "true").replace("null", "0");
  }

  @Test
  void theAttemptsOfAllPartsStandOnTheCommonClock() throws Exception {
    var history = joined(part0(0), part1(0));

    var attempts = history.attempts();
    assertThat(LongStream.range(0, 4).map(i -> attempts.callNanos((int) i)))
        .containsExactly(100L, 300L, 210L, 410L);
    assertThat(LongStream.range(0, 4).map(i -> attempts.returnNanos((int) i)))
        .containsExactly(200L, 400L, 290L, 500L);
    assertThat(attempts.poolWaitNanos(2)).isEqualTo(5);
    assertThat(history.run().buyers()).isEqualTo(4);
    assertThat(history.ending().settlement().left()).hasValue(-2);
    assertThat(Verifier.verify(history).result()).isEqualTo(Result.VALID);
  }

  @Test
  void theOrderOfPartsMakesNoDifference() throws Exception {
    var history = joined(part1(0), part0(0));

    assertThat(history.ending().settlement().left()).hasValue(-2);
    assertThat(Verifier.verify(history).result()).isEqualTo(Result.VALID);
  }

  /** Ticket 2 was sold by the clocks of the parts before ticket 1 was asked for. */
  private History outOfOrder(long bound) throws Exception {
    return joined(
        line(0, 2, 0, bound) + buy(0, 100, 200, 0) + buy(1, 1_000, 1_010, -1) + END,
        line(1, 2, 0, bound) + buy(2, 260, 300, 1) + buy(3, 1_000, 1_010, -2) + END);
  }

  @Test
  void onlyWhatTheClocksCanTellIsOutOfOrder() throws Exception {
    assertThat(Verifier.verify(outOfOrder(29)).result()).isEqualTo(Result.INVALID);
    assertThat(Verifier.verify(outOfOrder(30)).result()).isEqualTo(Result.VALID);
  }

  @Test
  void theTwoWorstClocksBoundTheOrder() throws Exception {
    var history = joined(line(0, 3, 0, 7) + END, line(1, 3, 0, 5) + END, line(2, 3, 0, 1) + END);

    assertThat(history.run().division())
        .contains(new Division.AllParts(3, /* withinNanos= */ 12, /* leastNanos= */ 20, 0));
  }

  @Test
  void whatTheClocksCostIsCounted() throws Exception {
    var loss = OrderLoss.of(outOfOrder(35)).orElseThrow();

    // 200 before 260 is lost; both before 1,000 are not, nor is what either did before the
    // refusals.
    assertThat(loss.pairs()).isEqualTo(5);
    assertThat(loss.lost()).isEqualTo(1);
    assertThat(loss.withinNanos()).isEqualTo(70);
  }

  @Test
  void aPartThatIsMissingIsNamedAndMayHaveDoneAnything() throws Exception {
    var history = joined(part0(0));
    var verdict = Verifier.verify(history);

    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(advice(verdict)).contains("part 1 of 2 is missing");
    assertThat(history.attempts().count(Outcome.Kind.INDETERMINATE)).isEqualTo(2);
    assertThat(history.attempts().callNanos(2)).isEqualTo(100);
  }

  @Test
  void aPartThatIsMissingExplainsNoMoreThanItCanHaveBought() throws Exception {
    // Tickets 2 to 6 are sold by somebody, and part 1 bought two.
    var history = joined(line(0, 2, 0, 0) + buy(0, 100, 200, 1) + buy(1, 300, 400, -5) + END);

    assertThat(Verifier.verify(history).result()).isEqualTo(Result.INVALID);
  }

  @Test
  void ifNobodyKnowsHowMuchAPartBoughtItExplainsAll() throws Exception {
    var history = joined(line(0, 2, 0, 0, "") + buy(0, 100, 200, 1) + buy(1, 300, 400, -5) + END);

    assertThat(Verifier.verify(history).result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void oversellingIsProvenWhateverIsMissing() throws Exception {
    var verdict =
        Verifier.verify(
            joined(
                line(0, 3, 0, 0, "") + buy(0, 100, 200, 1) + buy(1, 300, 400, 0) + END,
                line(1, 3, 0, 0, "") + buy(2, 100, 200, 0) + END));

    assertThat(verdict.result()).isEqualTo(Result.INVALID);
    assertThat(verdict.checks())
        .filteredOn(check -> check.status() == Check.Status.FAIL)
        .extracting(Check::name)
        .contains(Check.Name.OVERSELL);
  }

  /** Of 1,000 tickets and two parts, when memory holds {@code most} stand-ins only. */
  private History beyondMemory(int most, String... buys) throws Exception {
    var reader = new PartsReader(most);
    var first = line(0, 2, 0, 0, "").replace("\"stock\":2,", "\"stock\":1000,");
    add(reader, "file", first + String.join("", buys) + UNSETTLED);
    return reader.joined();
  }

  @Test
  void whatOnlyMoreStandInsThanMemoryHoldsCanExplainProvesNothing() throws Exception {
    var history =
        beyondMemory(
            100,
            buy(0, 100, 200, 999),
            buy(1, 300, 400, 500),
            buy(1, 500, 600, -3),
            buy(1, 700, 800, Long.MIN_VALUE));

    assertThat(Verifier.verify(history).result()).isEqualTo(Result.UNKNOWN);
    assertThat(history.attempts().count(Outcome.Kind.SOLD)).isEqualTo(1);
    assertThat(history.attempts().count(Outcome.Kind.INDETERMINATE)).isEqualTo(3 + 100);
  }

  @Test
  void whatNothingExplainsIsProvenBeyondMemoryToo() throws Exception {
    var history =
        beyondMemory(100, buy(0, 100, 200, 950), buy(1, 300, 400, 950), buy(1, 500, 600, -3));

    assertThat(Verifier.verify(history).result()).isEqualTo(Result.INVALID);
  }

  @Test
  void aValueBelowAllNumbersIsExplainedByAPartThatBoughtNobodyKnowsHowMuch() throws Exception {
    var history = beyondMemory(70_000, buy(0, 100, 200, Long.MIN_VALUE));

    assertThat(Verifier.verify(history).result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void aPartThatHasNotSettledKeepsTheWholeFromBeingSettled() throws Exception {
    var verdict =
        Verifier.verify(
            joined(part0(0), part1(0).replaceAll("\\{\"type\":\"end.*", UNSETTLED.strip())));

    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(advice(verdict)).contains("part 1: the network is down");
  }

  @Test
  void onePartTwiceIsRefusedNamingBoth() {
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> joined(part0(0), part0(0)))
        .withMessageContaining("'file-1' is part 0 too, and so is 'file-0'");
  }

  @Test
  void partsOfTwoStormsAreRefused() {
    var other = part1(0).replace(RUN, RUN.replace("55", "66"));

    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> joined(part0(0), other))
        .withMessageContaining("expected parts of one storm");
  }

  @Test
  void aWholeRunIsNoPart() {
    var whole = part0(0).replaceAll("\"part\":0.*\"stepped\":0\\}", "\"more\":0");

    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> joined(whole))
        .withMessageContaining("this is a whole run");
  }

  @Test
  void aPartWithoutAClockIsRefused() {
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> joined(part0(0).replace("\"clock\"", "\"watch\"")))
        .withMessageContaining("parts without clock");
    assertThatExceptionOfType(HistoryFormatException.class)
        .isThrownBy(() -> joined(part0(0).replace("\"bound\":0", "\"bound\":-1")))
        .withMessageContaining("bound is -1, expected nanoseconds from 0 up");
  }

  @Test
  void whatWasJoinedIsReadAgainAsItWas(@TempDir Path folder) throws Exception {
    var file = folder.resolve("joined");
    HistoryFile.write(outOfOrder(29), file);
    assertThat(Verifier.verify(HistoryFile.read(file)).result()).isEqualTo(Result.INVALID);

    HistoryFile.write(outOfOrder(30), file);
    assertThat(Verifier.verify(HistoryFile.read(file)).result()).isEqualTo(Result.VALID);
  }
}
