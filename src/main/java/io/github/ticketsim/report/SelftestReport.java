package io.github.ticketsim.report;

import io.github.ticketsim.selftest.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a self-test. As JSON, it is one object of this shape.
 *
 * @param format of that object
 * @param passed whether everything was judged as it must be
 * @param complete whether the self-test came to its end
 * @param seed that makes the same histories again
 * @param judge an entry a kind of made-up history
 * @param storms an entry a strategy; empty if none was tried
 */
public record SelftestReport(
    int format,
    boolean passed,
    boolean complete,
    long seed,
    List<KindEntry> judge,
    List<StrategyEntry> storms) {

  private static final int FORMAT = 1;

  /** In the format of this version. */
  public static SelftestReport of(Matrix matrix) {
    return new SelftestReport(
        FORMAT,
        matrix.passed(),
        matrix.complete(),
        matrix.seed(),
        matrix.judge().stream().map(SelftestReport::entry).toList(),
        matrix.storms().stream().map(SelftestReport::entry).toList());
  }

  private static KindEntry entry(Matrix.Line line) {
    var scores = new TreeMap<String, ScoreEntry>();
    line.scores()
        .forEach(
            (model, score) ->
                scores.put(model.wireName(), new ScoreEntry(score.right(), score.tried())));
    var expected = line.kind().expected();
    return new KindEntry(
        line.kind().name(),
        expected.name().toLowerCase(Locale.ROOT),
        expected.words(),
        line.passed(),
        scores,
        line.fault());
  }

  private static StrategyEntry entry(Matrix.StormLine line) {
    return new StrategyEntry(
        line.strategy(), line.sound(), line.passed(), line.right(), line.tried(), line.fault());
  }

  /**
   * One kind of made-up history.
   *
   * @param expected the verdict that is expected
   * @param rule the same in words
   * @param models scores by model
   * @param fault the first that was judged wrongly, and how
   */
  public record KindEntry(
      String kind,
      String expected,
      @JsonText.As("") String rule,
      boolean passed,
      Map<String, ScoreEntry> models,
      Optional<String> fault) {}

  /** How many were judged as they must be. */
  public record ScoreEntry(int right, int tried) {}

  /**
   * The storms of one strategy.
   *
   * @param sound whether it must sell soundly; else it must be caught
   * @param fault a storm that was judged otherwise, and how
   */
  public record StrategyEntry(
      String strategy,
      boolean sound,
      boolean passed,
      int right,
      int tried,
      Optional<String> fault) {}

  /** How many made-up histories were judged. */
  int histories() {
    return judge.stream()
        .flatMap(entry -> entry.models().values().stream())
        .mapToInt(ScoreEntry::tried)
        .sum();
  }

  /** How many entries are not as they must be. */
  long faults() {
    return judge.stream().filter(entry -> !entry.passed()).count()
        + storms.stream().filter(entry -> !entry.passed()).count();
  }
}
