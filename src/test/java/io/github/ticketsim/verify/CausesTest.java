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
                Histories.bounded(2)
                    .sold(1, 5, 1)
                    .sold(2, 6, 1)
                    .sold(7, 8, 0)
                    .refused(9, 10)
                    .left(0)))
        .startsWith("overlapping attempts got the same value (1 pair): a lost update (read")
        .doesNotContain("stepped");
  }

  @Test
  void overlappingAttemptsThatDecrementedToOneValueHadSomebodyIncrementBetweenThem() {
    assertThat(causes(Histories.counter(2).sold(1, 5, 1).sold(2, 6, 1).sold(7, 8, 0).left(0)))
        .startsWith("overlapping attempts got the same value (1 pair): somebody raised the counter")
        .doesNotContain("stepped");
  }

  @Test
  void valuesThatStepBackUpAreSalesUndone() {
    assertThat(
            causes(
                Histories.counter(5)
                    .sold(1, 2, 4)
                    .sold(3, 4, 3)
                    .sold(5, 6, 2)
                    .sold(7, 8, 1)
                    .indeterminate(8)
                    .sold(9, 10, 3)
                    .sold(11, 12, 2)
                    .sold(13, 14, 1)
                    .sold(15, 16, 0)
                    .refused(17, 18, -1)
                    .left(-1)))
        .isEqualTo(
            "values stepped back up: 3 acknowledged sales undone, from 1 to 4 at the widest step: a"
                + " restart or failover lost acknowledged writes, or somebody raised the counter");
  }

  @Test
  void aSaleThatWasUnderWayAtTheStepIsNotUndone() {
    assertThat(
            causes(
                Histories.counter(3)
                    .sold(1, 2, 2)
                    .sold(3, 20, 1)
                    .sold(5, 6, 2)
                    .sold(7, 8, 1)
                    .sold(10, 11, 0)
                    .refused(12, 13, -1)
                    .left(-1)))
        .contains("same value (1 pair)", "1 acknowledged sale undone, from 2 to 3 at");
  }

  @Test
  void aCounterThatRoseWhileAllGotTheirRepliesWasRaisedBySomebody() {
    assertThat(
            causes(
                Histories.counter(2)
                    .sold(1, 2, 1)
                    .sold(3, 4, 0)
                    .sold(5, 6, 0)
                    .refused(7, 8, -1)
                    .refused(9, 10, -1)
                    .left(-1)))
        .startsWith(
            "values stepped back up: 1 acknowledged sale undone, from 0 to 1 at the widest step:"
                + " somebody raised the counter (INCR, INCRBY, SET); hardly a restart");
  }

  @Test
  void refusalsAreNoSales() {
    assertThat(
            causes(Histories.counter(1).sold(1, 2, 0).refused(3, 4, -1).refused(5, 6, -1).left(-1)))
        .startsWith("values stepped back up: 0 acknowledged sales undone, from -1 to 0");
  }

  @Test
  void aJumpBelowZeroWhileAllGotTheirRepliesIsAKeyThatWentAway() {
    assertThat(
            causes(
                Histories.counter(100)
                    .sold(1, 2, 99)
                    .sold(3, 4, 98)
                    .refused(5, 6, -1)
                    .refused(7, 8, -2)
                    .left(-2)))
        .startsWith(
            "the counter jumped from 98 to below zero at once: the key expired, was evicted or"
                + " deleted; hardly a restart")
        .doesNotContain("\n");
  }

  @Test
  void aJumpBelowZeroWhereAttemptsFailedIsARestartWithoutData() {
    assertThat(
            causes(
                Histories.counter(100)
                    .sold(1, 2, 99)
                    .failed(3, 4)
                    .refused(5, 6, -1)
                    .refused(7, 8, -2)
                    .left(-2)))
        .startsWith(
            "the counter jumped from 99 to below zero at once: Redis restarted without its data");
  }

  @Test
  void aListThatVanishedLeavesRefusalsWithoutValues() {
    assertThat(causes(Histories.bounded(100).sold(1, 2, 99).refused(3, 4).refused(5, 6).left(0)))
        .startsWith("the counter jumped from 99 to below zero at once: the key expired");
  }

  @Test
  void aJumpToFarBelowZeroIsAnotherWriter() {
    assertThat(causes(Histories.counter(10).sold(1, 2, 9).refused(3, 4, -92).left(-92)))
        .isEqualTo(
            "100 were taken that no attempt accounts for, 91 of them at once: another writer on the"
                + " key (who retries, takes one at a time)");
  }

  @Test
  void holesOneByOneAreAnotherWriterOrAHiddenRetry() {
    assertThat(
            causes(
                Histories.counter(5)
                    .sold(1, 2, 4)
                    .sold(3, 4, 2)
                    .sold(5, 6, 0)
                    .refused(7, 8, -1)
                    .refused(9, 10, -2)
                    .left(-2)))
        .isEqualTo(
            "2 were taken that no attempt accounts for, in 2 places: another writer on the key, or"
                + " a client or proxy that retries behind our back");
  }

  @Test
  void moreAtOnceThanBuyersCanRetryIsAnotherWriter() {
    assertThat(causes(Histories.counter(9).sold(1, 2, 8).sold(3, 4, 4).sold(5, 6, 3).left(3)))
        .startsWith("3 were taken that no attempt accounts for, 3 of them at once: another writer");
  }

  @Test
  void aVanishedKeyAndAnotherWriterAreBothNamed() {
    assertThat(
            causes(Histories.counter(50).sold(1, 2, 49).sold(3, 4, 47).refused(5, 6, -1).left(-1)))
        .contains("jumped from 47 to below zero", "\n1 was taken that no attempt accounts for");
  }

  @Test
  void countsEveryPairThatOverlapsInAnyOrderOfTheLines() {
    // The first two and the last two overlap; equal instants do, what ended before does not.
    var history =
        Histories.counter(3).sold(8, 9, 2).sold(1, 3, 2).sold(3, 5, 2).sold(6, 8, 2).left(2);
    assertThat(causes(history)).startsWith("overlapping attempts got the same value (2 pairs): ");
    assertThat(causes(Histories.counter(3).sold(1, 9, 2).sold(2, 3, 2).sold(4, 5, 2).left(2)))
        .contains("(2 pairs)");
  }

  @Test
  void aValueGivenAgainAtTheInstantOfItsReturnIsNotUndone() {
    assertThat(causes(Histories.counter(2).sold(1, 3, 1).sold(3, 4, 1).left(0)))
        .contains("(1 pair)")
        .doesNotContain("stepped");
    assertThat(causes(Histories.counter(2).sold(1, 3, 1).sold(4, 5, 1).left(0)))
        .contains("1 acknowledged sale undone, from 1 to 2 at the widest step");
  }

  @Test
  void aHigherValueGivenLaterUndoesASale() {
    assertThat(causes(Histories.counter(4).sold(1, 2, 1).sold(3, 4, 2).left(1)))
        .contains("1 acknowledged sale undone, from 1 to 3 at the widest step");
  }

  @Test
  void countsWhoWasUnderWayInAnyOrderOfTheLines() {
    var one = Histories.counter(9).sold(5, 6, 5).sold(1, 4, 8).left(5);
    assertThat(causes(one)).startsWith("2 were taken").contains("2 of them at once");
    var two = Histories.counter(9).sold(5, 6, 4).sold(1, 4, 8).sold(2, 3, 7).left(4);
    assertThat(causes(two)).startsWith("2 were taken").contains("in 1 place");
  }

  @Test
  void namesTheWidestOfTheSteps() {
    var history =
        Histories.counter(9)
            .sold(1, 2, 8)
            .sold(3, 4, 7)
            .sold(5, 6, 6)
            .sold(7, 8, 8)
            .sold(9, 10, 2)
            .sold(11, 12, 2);
    assertThat(causes(history.left(2)))
        .contains("4 acknowledged sales undone, from 6 to 9 at the widest step");
  }

  @Test
  void lostUpdatesAreBlamedFirstForSteps() {
    var history = Histories.bounded(3).sold(1, 5, 2).sold(2, 4, 2).sold(6, 7, 2).left(2);
    assertThat(causes(history))
        .contains(
            "(1 pair): a lost update",
            "2 acknowledged sales undone, from 2 to 3 at the widest step: lost updates do that too,"
                + " else a restart or failover lost acknowledged writes, or somebody raised");
  }

  @Test
  void asManyAtOnceAsWereUnderWayMayBeRetries() {
    var two = Histories.counter(9).sold(3, 6, 5).sold(1, 4, 8).refused(7, 8, -1);
    assertThat(causes(two.left(-1))).contains("7 were taken", "5 of them at once");
    var retried = Histories.counter(9).sold(1, 4, 8).sold(4, 6, 5).sold(7, 8, 4).sold(7, 8, 3);
    assertThat(causes(retried.left(3))).startsWith("2 were taken").contains("in 1 place: another");
    var touching = Histories.counter(9).sold(1, 4, 8).sold(5, 6, 5).left(5);
    assertThat(causes(touching)).contains("2 of them at once");
  }

  @Test
  void attemptsOfUnknownFateExcuseAsManyAtOnce() {
    var history = Histories.counter(9).sold(1, 2, 8).indeterminate(1).sold(5, 6, 5).left(5);
    assertThat(causes(history)).startsWith("2 were taken").contains("in 1 place");
    var more = Histories.counter(9).sold(1, 2, 8).indeterminate(1).sold(5, 6, 4).left(4);
    assertThat(causes(more)).startsWith("3 were taken").contains("3 of them at once");
  }

  @Test
  void aJumpToZeroMustBeFarWiderThanWhatIsTakenElsewhere() {
    // Of the last tickets 2w + 1 are no jump where w were taken at once before, one more is.
    var narrow = Histories.counter(7).sold(1, 2, 5).sold(1, 2, 3).refused(3, 4, -1);
    assertThat(causes(narrow.left(-1))).doesNotContain("jumped");
    var wide = Histories.counter(8).sold(1, 2, 6).sold(1, 2, 4).refused(3, 4, -1);
    assertThat(causes(wide.left(-1))).startsWith("the counter jumped from 4 to below zero");
    var excused =
        Histories.counter(4).sold(1, 2, 3).indeterminate(1).indeterminate(1).refused(3, 4, -1);
    assertThat(causes(excused.left(-1))).startsWith("the counter jumped from 3 to below zero");
    var accountedFor =
        Histories.counter(4)
            .sold(1, 5, 3)
            .sold(1, 5, 3)
            .indeterminate(1)
            .indeterminate(1)
            .indeterminate(1)
            .refused(6, 7, -1);
    assertThat(causes(accountedFor.left(-1))).contains("(1 pair)").doesNotContain("jumped");
  }

  @Test
  void nothingIsGuessedOfAHistoryThatBreaksNothing() {
    var history = Histories.counter(1).sold(1, 4, 0).refused(2, 5, -1).left(-1).build();
    assertThat(Verifier.verify(history).causes()).isEmpty();
  }
}
