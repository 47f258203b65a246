package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.verify.Verdict.Result;
import org.junit.jupiter.api.Test;

class CausesTest {

  private static String causes(Histories history) {
    var verdict = Verifier.verify(history.build());
    assertThat(verdict.result()).isEqualTo(Result.INVALID);
    return String.join("\n", verdict.causes());
  }

  @Test
  void overlappingAttemptsWithOneValueAreALostUpdate() {
    assertThat(
            causes(
                Histories.counter(2)
                    .sold(1, 5, 1)
                    .sold(2, 6, 1)
                    .sold(7, 8, 0)
                    .refused(9, 10, -1)
                    .left(-1)))
        .startsWith("1 pairs of overlapping attempts")
        .doesNotContain("stepped");
  }

  @Test
  void valuesThatStepBackUpAreALostWrite() {
    assertThat(
            causes(
                Histories.counter(3)
                    .sold(1, 2, 2)
                    .sold(3, 4, 1)
                    .sold(5, 6, 2)
                    .sold(7, 8, 1)
                    .sold(9, 10, 0)
                    .refused(11, 12, -1)
                    .left(-1)))
        .isEqualTo(
            "values stepped back up, from 1 to 2, and 1 acknowledged replies were undone: a restart"
                + " or failover lost acknowledged writes, or somebody raised the counter");
  }

  @Test
  void aJumpBelowZeroIsAKeyThatWentAway() {
    assertThat(
            causes(
                Histories.counter(100)
                    .sold(1, 2, 99)
                    .sold(3, 4, 98)
                    .refused(5, 6, -1)
                    .refused(7, 8, -2)
                    .left(-2)))
        .startsWith("the counter jumped from 98 to below zero at once")
        .doesNotContain("\n");
  }

  @Test
  void aTakenTicketThatNobodyAccountsForIsAnotherWriter() {
    assertThat(
            causes(
                Histories.counter(3)
                    .sold(1, 2, 2)
                    .sold(3, 4, 0)
                    .refused(5, 6, -1)
                    .refused(7, 8, -2)
                    .left(-2)))
        .startsWith("1 were taken that no attempt accounts for");
  }

  @Test
  void nothingIsGuessedOfAHistoryThatBreaksNothing() {
    var history = Histories.counter(1).sold(1, 4, 0).refused(2, 5, -1).left(-1).build();
    assertThat(Verifier.verify(history).causes()).isEmpty();
  }
}
