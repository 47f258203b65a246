package io.github.ticketsim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
                      : new Outcome.SoldOut(OptionalLong.of(-i))));
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

  @Test
  void saysWhyTheRateWasNotHeld() {
    assertThat(notHeld(openLoad(0, 0))).isEqualTo("held");
    assertThat(notHeld(openLoad(1_000_000, 0))).contains("500 sent; ", "waited in line");
    assertThat(notHeld(openLoad(0, 50)))
        .contains("1,000 purchases a second asked for, ", "50 % of the attempts failed");
    assertThat(notHeld(openLoad(0, 100))).contains(" 0 sent; 100 % of the attempts failed");
  }
}
