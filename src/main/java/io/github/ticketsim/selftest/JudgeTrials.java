package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Judgement;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a judge for its verdict on every kind of made-up history. */
public final class JudgeTrials {
  private final Function<History, Judgement> judge;
  private final long seed;

  /**
   * @param judge to be tried
   * @param seed of the histories
   */
  public JudgeTrials(Function<History, Judgement> judge, long seed) {
    this.judge = judge;
    this.seed = seed;
  }

  /** How many steps {@link #run} takes. */
  public static int steps() {
    return HistoryClass.all().size();
  }

  /** A line a kind, fewer where {@code course} closes before. */
  public List<Matrix.Line> run(Course course) {
    return HistoryClass.all().stream()
        .takeWhile(_ -> course.open())
        .map(this::line)
        .peek(_ -> course.advance())
        .toList();
  }

  private Matrix.Line line(HistoryClass kind) {
    var scores = new EnumMap<Model, Matrix.Score>(Model.class);
    var first = Optional.<String>empty();
    for (var model : kind.models()) {
      var cases = kind.cases(model, seed);
      var faults = cases.stream().flatMap(each -> fault(kind, each).stream()).toList();
      scores.put(model, new Matrix.Score(cases.size() - faults.size(), cases.size()));
      first = first.or(() -> faults.stream().findFirst());
    }
    return new Matrix.Line(kind, scores, first);
  }

  private Optional<String> fault(HistoryClass kind, Case each) {
    return kind.maker()
        .apply(each)
        .fault(judge)
        .map(
            fault ->
                "model %s, %d attempts: %s".formatted(each.model().wireName(), each.size(), fault));
  }
}
