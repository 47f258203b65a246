package io.github.ticketsim.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a self-test found, whoever ran it. As JSON, it is one object of this shape.
 *
 * @param format of that object
 * @param passed whether everything was judged as it must be
 * @param complete whether the self-test came to its end
 * @param seed that makes the same histories again
 * @param judge an entry a kind of made-up history
 * @param storms an entry a strategy; empty if none was tried
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SelftestReport(
    int format,
    boolean passed,
    boolean complete,
    long seed,
    List<KindEntry> judge,
    List<StrategyEntry> storms) {

  private static final int FORMAT = 1;

  /** In the format of this version. */
  public SelftestReport(
      boolean passed,
      boolean complete,
      long seed,
      List<KindEntry> judge,
      List<StrategyEntry> storms) {
    this(FORMAT, passed, complete, seed, judge, storms);
  }

  /**
   * One kind of made-up history.
   *
   * @param expected the verdict that is expected
   * @param rule the same in words
   * @param models scores by model
   * @param fault the first that was judged wrongly, and how
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record KindEntry(
      String kind,
      String expected,
      @JsonIgnore String rule,
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
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
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
