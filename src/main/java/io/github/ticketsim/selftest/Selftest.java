package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Both halves: the judge on made-up histories, and the strategies under load. */
public final class Selftest {
  private final Function<History, Judgement> judge;
  private final long seed;
  private final List<StormTrials.Contender> contenders;

  /**
   * @param judge on trial
   * @param seed of the made-up histories
   * @param contenders on trial; none to leave the storms out
   */
  public Selftest(
      Function<History, Judgement> judge, long seed, List<StormTrials.Contender> contenders) {
    this.judge = judge;
    this.seed = seed;
    this.contenders = List.copyOf(contenders);
  }

  /** How often {@link Course#advance} will be called, if nothing goes wrong. */
  public int steps() {
    return JudgeTrials.steps() + StormTrials.STORMS * contenders.size();
  }

  /**
   * Runs it, until the end or until {@code course} closes.
   *
   * @throws InterruptedException when this thread is interrupted
   */
  public Matrix run(Course course) throws InterruptedException {
    var lines = new JudgeTrials(judge, seed).run(course);
    var storms = new ArrayList<Matrix.StormLine>();
    for (var contender : contenders) {
      if (!course.open()) {
        break;
      }
      var line = new StormTrials(judge).run(contender, course);
      if (course.open()) {
        storms.add(line);
      }
    }
    return new Matrix(seed, course.open(), lines, storms);
  }
}
