package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryFileTest extends HistoryLinesFixture {
  @ParameterizedTest
  @EnumSource
  void readsBackAllThatItWrote(Ending.StopReason stopReason) throws Exception {
    var history = allKinds(Model.COUNTER, stopReason);
    HistoryFile.write(history, file);
    assertSame(history, HistoryFile.read(file));
  }

  @Test
  void readsBackWhatWasCompressedSince() throws Exception {
    var history = allKinds(Model.COUNTER, Ending.StopReason.NONE);
    HistoryFile.write(history, file);
    Files.write(file, gzip(Files.readAllBytes(file)));
    assertSame(history, HistoryFile.read(file));
  }

  @Test
  void readsBackWhatItWroteCompressed() throws Exception {
    var history = allKinds(Model.COUNTER, Ending.StopReason.NONE);
    HistoryFile.write(history, file);
    var plain = Files.readAllBytes(file);
    HistoryFile.writeCompressed(history, file);
    assertSame(history, HistoryFile.read(file));
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
  }

  @Test
  void readsBackRepliesWithoutValuesWhereTheModelHasNone() throws Exception {
    var history = Histories.tally(1).sold(1, 2).refused(3, 4).left(0).build();
    HistoryFile.write(history, file);
    assertSame(history, HistoryFile.read(file));
  }

  @Test
  void writesOneLineForEachObjectAndEndsTheLast() throws IOException {
    HistoryFile.write(Histories.counter(1).sold(1, 2, 0).left(0).build(), file);
    assertThat(Files.readString(file).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"type\":") && line.endsWith("}"));
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void replacesAnOlderFile() throws Exception {
    HistoryFile.write(allKinds(Model.COUNTER, Ending.StopReason.NONE), file);
    var shorter = Histories.counter(1).left(1).build();
    HistoryFile.write(shorter, file);
    assertSame(shorter, HistoryFile.read(file));
  }

  @Test
  void reportsAFileThatCannotBeWritten() {
    assertThatIOException()
        .isThrownBy(
            () -> HistoryFile.write(Histories.counter(1).build(), file.resolve("no-folder")));
  }

  @Test
  void readsAnEndlessStockExactly() throws Exception {
    write(RUN.with("stock", "-9223372036854775808"), END.with("left", "9223372036854775807"));
    var history = HistoryFile.read(file);
    assertThat(history.run().stock()).isEqualTo(Long.MIN_VALUE);
    assertThat(history.ending().settlement()).isEqualTo(Settlement.settled(Long.MAX_VALUE));
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws Exception {
    write(
        RUN.with("host", "'a'"),
        BUY.with("tags", "{'a':[1,{'b':null}]}").with("weight", "1.5"),
        END.with("huge", "123456789012345678901234567890"));
    assertThat(HistoryFile.read(file).attempts().size()).isEqualTo(1);
  }

  @Test
  void ignoresBlankLines() throws Exception {
    Files.writeString(file, "\n" + RUN + "\n\n" + BUY + "\r\n  \n" + END + "\n\n");
    assertThat(HistoryFile.read(file).ending().settlement()).isEqualTo(Settlement.settled(999));
  }

  @Test
  void readsNullAsAbsentWhereAFieldIsOptional() throws Exception {
    write(
        RUN,
        BUY.with("pool_wait", "null").with("intended", "null").with("error", "null"),
        FAILED.with("return", "null").with("value", "null"),
        END.with("left", "null").with("problem", "null").with("cut", "null"));
    var history = HistoryFile.read(file);
    assertThat(history.attempts().get(0).poolWaitNanos()).isEmpty();
    assertThat(history.attempts().get(0).intendedNanos()).isEmpty();
    assertThat(history.attempts().get(1).outcome()).isEqualTo(new Outcome.Failed(""));
    assertThat(history.ending().settlement().left()).isEmpty();
    assertThat(history.ending().stopReason()).isEqualTo(Ending.StopReason.NONE);
  }

  @Test
  void forgetsWhenTheBuyerOfAnIndeterminateAttemptStoppedWaiting() throws Exception {
    write(RUN, FAILED.with("outcome", "'indeterminate'").with("return", "200000"), END);
    assertThat(HistoryFile.read(file).attempts().get(0).returnNanos()).isEmpty();
  }

  @Test
  void readsAHistoryCutOffAtALineAsNotSettled() throws Exception {
    write(RUN, BUY);
    var history = HistoryFile.read(file);
    assertThat(history.attempts().size()).isEqualTo(1);
    assertThat(history.ending()).isEqualTo(History.cutOff());
    assertThat(history.ending().settlement().left()).isEmpty();
    assertThat(history.ending().settlement().settled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "999, false, the storm had not settled",
    "null, false, the storm had not settled",
    "null, true, the counter could not be read"
  })
  void saysWhatIsWrongWithAnEndThatDoesNotSay(String left, String settled, String problem)
      throws Exception {
    write(RUN, END.with("left", left).with("settled", settled));
    assertThat(HistoryFile.read(file).ending().settlement().problem()).contains(problem);
  }

  /** Every field of the format, with every outcome. */
  private static History allKinds(Model model, Ending.StopReason stopReason) {
    var attempts =
        List.of(
            attempt(
                0, OptionalLong.of(77), OptionalLong.of(90), new Outcome.Sold(OptionalLong.of(0))),
            attempt(
                1,
                OptionalLong.empty(),
                OptionalLong.of(1L << 60),
                new Outcome.SoldOut(OptionalLong.of(Long.MIN_VALUE))),
            attempt(2, OptionalLong.of(0), OptionalLong.of(10), new Outcome.Failed("OOM \"é\"\n✗")),
            attempt(3, OptionalLong.of(5), OptionalLong.empty(), new Outcome.Failed("")),
            attempt(
                4, OptionalLong.of(5), OptionalLong.empty(), new Outcome.Indeterminate("reset")));
    var run =
        new Run(
            Histories.id(99),
            Instant.parse("2026-11-22T08:20:31.123456789Z"),
            "decr",
            stopReason == Ending.StopReason.NONE,
            model,
            "Straße:\u0000\uD83C\uDF9F",
            1,
            5,
            1_500,
            Optional.of(
                new Run.Setup(
                    "0.1.0",
                    "Redis 7.0.15",
                    "1 purchase a buyer",
                    64,
                    2_000,
                    OptionalLong.of(-7),
                    /* sameRequest= */ false)),
            Run.Terms.NONE);
    var faults =
        List.of(
            new Fault("reset:#3", OptionalLong.of(44), OptionalLong.of(3), "reset \"é\""),
            new Fault("kill@50%", OptionalLong.of(-5), OptionalLong.empty(), "killed"),
            new Fault("kill@99%", OptionalLong.empty(), OptionalLong.empty(), ""));
    var settlement = Settlement.unsettled(OptionalLong.of(-3), "one connection was still open");
    return new History(
        run, Attempts.of(attempts), faults, List.of(), new Ending(settlement, stopReason));
  }

  private static Attempt attempt(
      int number, OptionalLong poolWait, OptionalLong returned, Outcome outcome) {
    var intended = number % 2 > 0 ? OptionalLong.of(-1_000L - number) : OptionalLong.empty();
    return new Attempt(
        Histories.id(number),
        1_795_335_631_123L + number / 2,
        number,
        intended,
        poolWait,
        number,
        returned,
        outcome,
        Particulars.NONE);
  }

  private static void assertSame(History expected, History actual) {
    assertThat(actual.run()).isEqualTo(expected.run());
    assertThat(actual.ending()).isEqualTo(expected.ending());
    assertThat(actual.faults()).isEqualTo(expected.faults());
    assertThat(attempts(actual)).isEqualTo(attempts(expected));
  }

  private static List<Attempt> attempts(History history) {
    return IntStream.range(0, history.attempts().size()).mapToObj(history.attempts()::get).toList();
  }
}
