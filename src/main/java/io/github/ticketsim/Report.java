package io.github.ticketsim;

import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.Format;
import io.github.ticketsim.stock.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a storm came to. */
public final class Report {
  private final FinishedRun finished;
  private final List<String> problems;
  private final String text;

  /**
   * @param problems what would surprise, and why it could not be saved whole
   */
  Report(FinishedRun finished, List<String> problems) {
    this.finished = finished;
    this.problems = List.copyOf(problems);
    var out = new StringWriter();
    try (var writer = new PrintWriter(out)) {
      Format.TEXT.render(finished.report(), /* colour= */ false, writer);
      this.problems.forEach(writer::println);
    }
    this.text = out.toString();
  }

  /** What the storm proves. */
  public Verdict verdict() {
    return Verdict.of(finished.report().verdict().result(), text);
  }

  /** The least number of tickets that were sold. */
  public long soldAtLeast() {
    return finished.report().verdict().sold().atLeast();
  }

  /** The greatest number of tickets that may have been sold. */
  public long soldAtMost() {
    return finished.report().verdict().sold().atMost();
  }

  /** How many attempts were refused because nothing was left. */
  public int soldOut() {
    return finished.report().count(Outcome.Kind.SOLD_OUT);
  }

  /** How many attempts were refused because that customer may have no more. */
  public int limited() {
    return finished.report().count(Outcome.Kind.LIMITED);
  }

  /** The folder that holds the run; empty if it could not be saved whole. */
  public Optional<Path> saved() {
    return finished.report().saved().map(Path::of);
  }

  /**
   * What would surprise at the target of a sale file, such as a script that a cluster would refuse,
   * and why the run could not be saved whole; in one line each.
   */
  public List<String> problems() {
    return problems;
  }

  /** The whole report, as {@code ticket-sim report} shows it, then {@link #problems}. */
  @Override
  public String toString() {
    return text;
  }
}
