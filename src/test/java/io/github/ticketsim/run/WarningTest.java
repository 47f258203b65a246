package io.github.ticketsim.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningTest {

  /** One a millisecond was planned, got in line in time, and was called {@code wait} later. */
  private static RunResult openLoad(long waitNanos, int failed) {
    var history = Histories.counter(1);
    for (var i = 0; i < 100; i++) {
      var begin = i * 1_000_000L;
      var call = begin + waitNanos * i;
      history =
          history.add(
              new Attempt(
                  new UUID(0, i),
                  0,
                  i,
                  OptionalLong.of(begin),
                  OptionalLong.of(waitNanos * i),
                  call,
                  OptionalLong.of(call + 1),
                  i < failed
                      ? new Outcome.Failed("Connection refused")
                      : new Outcome.SoldOut(OptionalLong.of(-i)),
                  Particulars.NONE));
    }
    return RunResult.of(history.left(-100).build());
  }

  private static String notHeld(RunResult report) {
    return report.warnings().stream()
        .filter(warning -> warning.code() == Warning.Code.RATE_NOT_HELD)
        .map(Warning::text)
        .findAny()
        .orElse("held");
  }

  /** Three attempts in no time, of which each waited a thousand times as long as it took. */
  private static List<Warning> queued(String load) {
    var attempts =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Attempt(
                        new UUID(0, i),
                        0,
                        i,
                        OptionalLong.empty(),
                        OptionalLong.of(1_000),
                        i * 10L,
                        OptionalLong.of(i * 10L + 1),
                        new Outcome.SoldOut(OptionalLong.of(-1 - i)),
                        Particulars.NONE))
            .toList();
    var setup =
        new Run.Setup("0", "Redis", load, 1, 1, OptionalLong.empty(), /* sameRequest= */ false);
    var run =
        Run.of(
            new UUID(0, 0), Instant.EPOCH, "decr", Model.COUNTER, "key", 0, 3, Optional.of(setup));
    var ending = new Ending(Settlement.settled(-3), Ending.StopReason.NONE);
    return RunResult.of(History.of(run, Attempts.of(attempts), ending)).warnings();
  }

  @Test
  void speaksOfAStormOnlyToAStorm() {
    assertThat(queued("1 purchase a buyer"))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.SHORT_RUN, Warning.Code.POOL_QUEUE);
    assertThat(queued(RunResult.SERVICE_LOAD + ", pipelined"))
        .singleElement()
        .extracting(Warning::text)
        .asString()
        .contains("waited for a turn at Redis", "--pool")
        .doesNotContain("storm", "shared");
  }

  /** One ticket was sold, another one may have been, and the server was hit by a fault. */
  private static RunResult struck(String detail, long left) {
    var sale = Histories.tally(2).sold(1, 2).indeterminate(1).refused(3, 4).refused(3, 4);
    var plain = sale.left(left).build();
    var fault = new Fault("kill@10%", OptionalLong.of(2), OptionalLong.empty(), detail);
    return RunResult.of(
        new History(plain.run(), plain.attempts(), List.of(fault), plain.orders(), plain.ending()));
  }

  @ParameterizedTest
  @CsvSource({
    "'Redis was killed and restarted, empty', true",
    "'Redis lost power and was restarted, empty', true",
    "'Redis lost power and was restarted, with its append-only file, cut back by 7 of 9 bytes',"
        + " true",
    "'Redis lost power and was restarted, with its append-only file, cut back by 0 of 9 bytes',"
        + " false",
    "'Redis was killed and restarted, with its append-only file', false",
  })
  void warnsIfMissingRepliesHideThatRedisLostWhatItHeld(String detail, boolean lost) {
    var valid = struck(detail, 0);
    assertThat(valid.verdict().result()).isEqualTo(Result.VALID);
    assertThat(
            valid.warnings().stream()
                .filter(warning -> warning.code() == Warning.Code.DATA_LOST)
                .filter(warning -> warning.text().contains(detail)))
        .hasSize(lost ? 1 : 0);
    assertThat(struck(detail, -9).warnings())
        .extracting(Warning::code)
        .doesNotContain(Warning.Code.DATA_LOST);
  }

  @Test
  void theSchemaKnowsEveryCode() throws IOException {
    var schema = "/io/github/ticketsim/report/report.schema.json";
    try (var in = Warning.class.getResourceAsStream(schema)) {
      assertThat(new String(requireNonNull(in).readAllBytes(), UTF_8))
          .contains(
              Stream.of(Warning.Code.values())
                  .map(code -> "\"" + code.name().toLowerCase(Locale.ROOT) + "\"")
                  .toList());
    }
  }

  @Test
  void saysWhyTheRateWasNotHeld() {
    assertThat(notHeld(openLoad(0, 0))).isEqualTo("held");
    assertThat(notHeld(openLoad(1_000_000, 0))).contains("500 sent; ", "waited in line");
    assertThat(notHeld(openLoad(0, 50)))
        .contains("1,000 purchases a second asked for, ", "50 % of the attempts failed");
    assertThat(notHeld(openLoad(0, 100))).contains(" 0 sent; 100 % of the attempts failed");
  }
}
