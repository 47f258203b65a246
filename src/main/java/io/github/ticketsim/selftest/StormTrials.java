package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.Optional;
import java.util.function.Function;

/** Lets strategies sell under load, and sees whether the broken ones are told from the sound. */
public final class StormTrials {

  /** How many storms every strategy gets. */
  public static final int STORMS = 5;

  /**
   * How many a broken one gets at most, until it is caught: its buyers may have missed each other.
   */
  public static final int MOST_STORMS = 20;

  /**
   * A strategy on trial.
   *
   * @param strategy its name
   * @param sound whether it must sell soundly
   * @param storm lets it sell under load, once
   */
  public record Contender(String strategy, boolean sound, StormSource storm) {}

  /** Sells under load. */
  @FunctionalInterface
  public interface StormSource {

    /**
     * What happened in a storm on a fresh stock.
     *
     * @throws InterruptedException when this thread is interrupted
     */
    History run() throws InterruptedException;
  }

  private final Function<History, Judgement> judge;

  /**
   * @param judge of the storms
   */
  public StormTrials(Function<History, Judgement> judge) {
    this.judge = judge;
  }

  /** The line of one strategy; a storm that {@code course} closes upon does not count. */
  public Matrix.StormLine run(Contender contender, Course course) throws InterruptedException {
    var tried = 0;
    var right = 0;
    var fault = Optional.<String>empty();
    while (tried < STORMS || (!contender.sound() && right == 0 && tried < MOST_STORMS)) {
      var history = contender.storm().run();
      if (!course.open()) {
        break;
      }
      var ruling = Ruling.of(judge, history);
      if (contender.sound() ? isValid(ruling) : isCaught(ruling)) {
        right++;
      } else {
        fault = fault.or(() -> Optional.of(words(ruling)));
      }
      tried++;
      if (tried <= STORMS) {
        course.advance();
      }
    }
    return new Matrix.StormLine(
        contender.strategy(),
        contender.sound(),
        right,
        tried,
        contender.sound() ? right == tried : right > 0,
        fault);
  }

  private static boolean isValid(Ruling ruling) {
    return ruling instanceof Ruling.Judged(var verdict) && verdict.result() == Result.VALID;
  }

  /** What all the broken ones do is to sell more than there is. */
  private static boolean isCaught(Ruling ruling) {
    return ruling instanceof Ruling.Judged(var verdict)
        && verdict.result() == Result.INVALID
        && verdict.checks().stream()
            .anyMatch(check -> check.name() == Name.OVERSELL && check.status() == Status.FAIL);
  }

  private static String words(Ruling ruling) {
    return "a storm was judged " + ruling;
  }
}
