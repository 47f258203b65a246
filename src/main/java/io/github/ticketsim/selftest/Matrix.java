package io.github.ticketsim.selftest;

import io.github.ticketsim.stock.Model;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was to be caught, and what was: the outcome of a self-test.
 *
 * @param seed that makes the same histories again
 * @param complete whether it came to its end
 * @param judge a line a kind of made-up history
 * @param storms a line a strategy; empty where none was to be tried
 */
public record Matrix(long seed, boolean complete, List<Line> judge, List<StormLine> storms) {

  /**
   * One kind of made-up history.
   *
   * @param kind of history
   * @param scores by model; none where there is no such history in that model
   * @param fault the first that was judged wrongly, and how
   */
  public record Line(HistoryClass kind, Map<Model, Score> scores, Optional<String> fault) {

    /** Copies {@code scores}, in the order of the models. */
    public Line {
      var copy = new EnumMap<Model, Score>(Model.class);
      copy.putAll(scores);
      scores = copy;
    }

    /** Whether all were judged as they must be. */
    public boolean passed() {
      return fault.isEmpty();
    }
  }

  /**
   * How many were judged as they must be.
   *
   * @param right of them
   * @param tried of them
   */
  public record Score(int right, int tried) {}

  /**
   * One strategy.
   *
   * @param strategy its name
   * @param sound whether it must sell soundly; else it must be caught
   * @param right storms that were judged so
   * @param tried storms
   * @param passed whether enough of them were: all of a sound one, one of a broken one
   * @param fault a storm that was judged otherwise, and how
   */
  public record StormLine(
      String strategy,
      boolean sound,
      int right,
      int tried,
      boolean passed,
      Optional<String> fault) {}

  /** How many made-up histories were judged. */
  public int histories() {
    return judge.stream()
        .flatMap(line -> line.scores().values().stream())
        .mapToInt(Score::tried)
        .sum();
  }

  /** How many lines are not as they must be. */
  public long faults() {
    return judge.stream().filter(line -> !line.passed()).count()
        + storms.stream().filter(line -> !line.passed()).count();
  }

  /** Whether everything was caught that must be, and everything passed that must. */
  public boolean passed() {
    return complete && faults() == 0;
  }
}
