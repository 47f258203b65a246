package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.verify.Cause.Raiser;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausesTest {

  private static List<Cause> causes(Histories history) {
    var verdict = Verifier.verify(history.build());
    assertThat(verdict.result()).isEqualTo(Result.INVALID);
    return verdict.causes();
  }

  private static boolean steps(Cause cause) {
    return cause instanceof Cause.SteppedBack;
  }

  private static boolean vanishes(Cause cause) {
    return cause instanceof Cause.Vanished;
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
        .startsWith(new Cause.SharedValues(1, false))
        .noneMatch(CausesTest::steps);
  }

  @Test
  void overlappingAttemptsThatDecrementedToOneValueHadSomebodyIncrementBetweenThem() {
    assertThat(causes(Histories.counter(2).sold(1, 5, 1).sold(2, 6, 1).sold(7, 8, 0).left(0)))
        .startsWith(new Cause.SharedValues(1, true))
        .noneMatch(CausesTest::steps);
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
        .containsExactly(new Cause.SteppedBack(3, 1, 4, Raiser.RESTART_OR_WRITER));
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
        .startsWith(
            new Cause.SharedValues(1, true), new Cause.SteppedBack(1, 2, 3, Raiser.LOST_UPDATES));
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
        .startsWith(new Cause.SteppedBack(1, 0, 1, Raiser.WRITER));
  }

  @Test
  void refusalsAreNoSales() {
    assertThat(
            causes(Histories.counter(1).sold(1, 2, 0).refused(3, 4, -1).refused(5, 6, -1).left(-1)))
        .startsWith(new Cause.SteppedBack(0, -1, 0, Raiser.WRITER));
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
        .containsExactly(new Cause.Vanished(98, false));
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
        .startsWith(new Cause.Vanished(99, true));
  }

  @Test
  void aListThatVanishedLeavesRefusalsWithoutValues() {
    assertThat(causes(Histories.bounded(100).sold(1, 2, 99).refused(3, 4).refused(5, 6).left(0)))
        .startsWith(new Cause.Vanished(99, false));
  }

  @Test
  void aJumpToFarBelowZeroIsAnotherWriter() {
    assertThat(causes(Histories.counter(10).sold(1, 2, 9).refused(3, 4, -92).left(-92)))
        .containsExactly(new Cause.OtherWriter(100, 91));
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
        .containsExactly(new Cause.WriterOrRetry(2, 2));
  }

  @Test
  void moreAtOnceThanBuyersCanRetryIsAnotherWriter() {
    assertThat(causes(Histories.counter(9).sold(1, 2, 8).sold(3, 4, 4).sold(5, 6, 3).left(3)))
        .startsWith(new Cause.OtherWriter(3, 3));
  }

  @Test
  void aVanishedKeyAndAnotherWriterAreBothNamed() {
    assertThat(
            causes(Histories.counter(50).sold(1, 2, 49).sold(3, 4, 47).refused(5, 6, -1).left(-1)))
        .startsWith(new Cause.Vanished(47, false), new Cause.WriterOrRetry(1, 1));
  }

  @Test
  void countsEveryPairThatOverlapsInAnyOrderOfTheLines() {
    // The first two and the last two overlap; equal instants do, what ended before does not.
    var history =
        Histories.counter(3).sold(8, 9, 2).sold(1, 3, 2).sold(3, 5, 2).sold(6, 8, 2).left(2);
    assertThat(causes(history)).startsWith(new Cause.SharedValues(2, true));
    assertThat(causes(Histories.counter(3).sold(1, 9, 2).sold(2, 3, 2).sold(4, 5, 2).left(2)))
        .startsWith(new Cause.SharedValues(2, true));
  }

  @Test
  void aValueGivenAgainAtTheInstantOfItsReturnIsNotUndone() {
    assertThat(causes(Histories.counter(2).sold(1, 3, 1).sold(3, 4, 1).left(0)))
        .startsWith(new Cause.SharedValues(1, true))
        .noneMatch(CausesTest::steps);
    assertThat(causes(Histories.counter(2).sold(1, 3, 1).sold(4, 5, 1).left(0)))
        .contains(new Cause.SteppedBack(1, 1, 2, Raiser.WRITER));
  }

  @Test
  void aHigherValueGivenLaterUndoesASale() {
    assertThat(causes(Histories.counter(4).sold(1, 2, 1).sold(3, 4, 2).left(1)))
        .contains(new Cause.SteppedBack(1, 1, 3, Raiser.WRITER));
  }

  @Test
  void countsWhoWasUnderWayInAnyOrderOfTheLines() {
    var one = Histories.counter(9).sold(5, 6, 5).sold(1, 4, 8).left(5);
    assertThat(causes(one)).startsWith(new Cause.OtherWriter(2, 2));
    var two = Histories.counter(9).sold(5, 6, 4).sold(1, 4, 8).sold(2, 3, 7).left(4);
    assertThat(causes(two)).startsWith(new Cause.WriterOrRetry(2, 1));
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
    assertThat(causes(history.left(2))).contains(new Cause.SteppedBack(4, 6, 9, Raiser.WRITER));
  }

  @Test
  void lostUpdatesAreBlamedFirstForSteps() {
    var history = Histories.bounded(3).sold(1, 5, 2).sold(2, 4, 2).sold(6, 7, 2).left(2);
    assertThat(causes(history))
        .startsWith(
            new Cause.SharedValues(1, false), new Cause.SteppedBack(2, 2, 3, Raiser.LOST_UPDATES));
  }

  @Test
  void asManyAtOnceAsWereUnderWayMayBeRetries() {
    var two = Histories.counter(9).sold(3, 6, 5).sold(1, 4, 8).refused(7, 8, -1);
    assertThat(causes(two.left(-1))).contains(new Cause.OtherWriter(7, 5));
    var retried = Histories.counter(9).sold(1, 4, 8).sold(4, 6, 5).sold(7, 8, 4).sold(7, 8, 3);
    assertThat(causes(retried.left(3))).startsWith(new Cause.WriterOrRetry(2, 1));
    var touching = Histories.counter(9).sold(1, 4, 8).sold(5, 6, 5).left(5);
    assertThat(causes(touching)).contains(new Cause.OtherWriter(2, 2));
  }

  @Test
  void attemptsOfUnknownFateExcuseAsManyAtOnce() {
    var history = Histories.counter(9).sold(1, 2, 8).indeterminate(1).sold(5, 6, 5).left(5);
    assertThat(causes(history)).startsWith(new Cause.WriterOrRetry(2, 1));
    var more = Histories.counter(9).sold(1, 2, 8).indeterminate(1).sold(5, 6, 4).left(4);
    assertThat(causes(more)).startsWith(new Cause.OtherWriter(3, 3));
  }

  @Test
  void aJumpToZeroMustBeFarWiderThanWhatIsTakenElsewhere() {
    // Of the last tickets 2w + 1 are no jump where w were taken at once before, one more is.
    var narrow = Histories.counter(7).sold(1, 2, 5).sold(1, 2, 3).refused(3, 4, -1);
    assertThat(causes(narrow.left(-1))).noneMatch(CausesTest::vanishes);
    var wide = Histories.counter(8).sold(1, 2, 6).sold(1, 2, 4).refused(3, 4, -1);
    assertThat(causes(wide.left(-1))).startsWith(new Cause.Vanished(4, false));
    var excused =
        Histories.counter(4).sold(1, 2, 3).indeterminate(1).indeterminate(1).refused(3, 4, -1);
    assertThat(causes(excused.left(-1))).startsWith(new Cause.Vanished(3, true));
    var accountedFor =
        Histories.counter(4)
            .sold(1, 5, 3)
            .sold(1, 5, 3)
            .indeterminate(1)
            .indeterminate(1)
            .indeterminate(1)
            .refused(6, 7, -1);
    assertThat(causes(accountedFor.left(-1)))
        .contains(new Cause.SharedValues(1, true))
        .noneMatch(CausesTest::vanishes);
  }

  @Test
  void refusalsThatTookOneEachAreNamedIfRepliesCarryNoValue() {
    var sale = Histories.tally(1).sold(1, 2).refused(3, 4).refused(5, 6);
    assertThat(causes(sale.left(-2))).containsExactly(new Cause.RefusalsTook(2));
    assertThat(causes(sale.left(-1))).isEmpty();
    assertThat(causes(sale.left(-3))).isEmpty();
    assertThat(causes(sale.indeterminate(5).left(-3))).containsExactly(new Cause.RefusalsTook(2));
  }

  @Test
  void nothingIsGuessedOfAHistoryThatBreaksNothing() {
    var history = Histories.counter(1).sold(1, 4, 0).refused(2, 5, -1).left(-1).build();
    assertThat(Verifier.verify(history).causes()).isEmpty();
  }
}
