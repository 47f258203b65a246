package io.github.ticketsim.selftest;

import static io.github.ticketsim.selftest.StormTrials.MOST_STORMS;
import static io.github.ticketsim.selftest.StormTrials.STORMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.selftest.StormTrials.Contender;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Verifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StormTrialsTest {
  private static final History SOUND =
      Histories.bounded(1).sold(1, 5, 0).refused(2, 6).left(0).build();
  private static final History OVERSOLD =
      Histories.bounded(1).sold(1, 5, 0).sold(2, 6, 0).left(0).build();
  private static final History UNDERSOLD =
      Histories.bounded(2).sold(1, 5, 1).refused(2, 6).left(1).build();
  private static final History UNPROVEN = Histories.bounded(2).sold(1, 5, 1).left(1).build();

  private static Matrix.StormLine run(boolean sound, StormTrials.StormSource storm)
      throws InterruptedException {
    return new StormTrials(Verifier::verify)
        .run(new Contender("any", sound, storm), new OpenFor(Integer.MAX_VALUE));
  }

  @Test
  void aSoundStrategyPassesWhenEveryStormIsValid() throws InterruptedException {
    var line = run(true, () -> SOUND);

    assertThat(line.passed()).isTrue();
    assertThat(line.right()).isEqualTo(STORMS);
    assertThat(line.tried()).isEqualTo(STORMS);
  }

  @Test
  void aSoundStrategyFailsOverOneStormThatIsNotValid() throws InterruptedException {
    for (var bad : List.of(OVERSOLD, UNDERSOLD, UNPROVEN)) {
      var storms = new AtomicInteger();
      var line = run(true, () -> storms.getAndIncrement() == 2 ? bad : SOUND);

      assertThat(line.passed()).isFalse();
      assertThat(line.right()).isEqualTo(STORMS - 1);
      assertThat(line.fault()).isPresent();
    }
  }

  @Test
  void aBrokenStrategyPassesWhenItIsCaughtLate() throws InterruptedException {
    var storms = new AtomicInteger();
    var line = run(false, () -> storms.getAndIncrement() == STORMS + 1 ? OVERSOLD : SOUND);

    assertThat(line.passed()).isTrue();
    assertThat(line.right()).isOne();
    assertThat(line.tried()).isEqualTo(STORMS + 2);
  }

  @Test
  void aBrokenStrategyThatSellsSoundlyFailsAfterABoundedNumberOfStorms()
      throws InterruptedException {
    var line = run(false, () -> SOUND);

    assertThat(line.passed()).isFalse();
    assertThat(line.right()).isZero();
    assertThat(line.tried()).isEqualTo(MOST_STORMS);
    assertThat(line.fault().orElseThrow()).contains("VALID");
  }

  @Test
  void aBrokenStrategyIsNotCaughtWithoutAnOversale() throws InterruptedException {
    assertThat(run(false, () -> UNDERSOLD).passed()).isFalse();
  }

  @Test
  void aJudgeThatSeesNoOversaleDoesNotCatchTheBrokenOnes() throws InterruptedException {
    var line =
        new StormTrials(FaultyJudge.without(Name.OVERSELL))
            .run(new Contender("any", false, () -> OVERSOLD), new OpenFor(Integer.MAX_VALUE));

    assertThat(line.passed()).isFalse();
  }

  @Test
  void aSelftestThatWasEndedDoesNotCountTheStormUnderWay() throws InterruptedException {
    var steps = JudgeTrials.steps() + STORMS + 1;
    var matrix =
        new Selftest(
                Verifier::verify,
                1,
                List.of(
                    new Contender("first", true, () -> SOUND),
                    new Contender("second", true, () -> SOUND)))
            .run(new OpenFor(steps));

    assertThat(matrix.complete()).isFalse();
    assertThat(matrix.passed()).isFalse();
    assertThat(matrix.faults()).isZero();
    assertThat(matrix.storms()).extracting(Matrix.StormLine::strategy).containsExactly("first");
  }
}
