package io.github.ticketsim.report.file;

import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.run.Warning;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What GitHub shows beside a job: at most one error and one warning a run. */
final class Annotations {

  private Annotations() {}

  /** The lines that say so to a runner of GitHub. */
  static List<String> of(RunReport run) {
    var lines = new ArrayList<String>();
    error(run).ifPresent(text -> lines.add(line("error", run, text)));
    if (!run.warnings().isEmpty()) {
      lines.add(
          line(
              "warning",
              run,
              run.warnings().stream().map(Warning::text).collect(Collectors.joining("\n"))));
    }
    return lines;
  }

  private static Optional<String> error(RunReport run) {
    var verdict = run.verdict();
    var reasons =
        switch (verdict.result()) {
          case VALID -> run.missed().stream().map("missed the limit "::concat);
          case INVALID ->
              verdict.checks().stream()
                  .filter(check -> check.status() == Check.Status.FAIL)
                  .map(check -> check.name().words() + ": " + check.detail());
          case UNKNOWN -> verdict.advice().stream().map(Advice::text).map("because "::concat);
        };
    var all = reasons.toList();
    return verdict.result() == Result.VALID && all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Stream.concat(Stream.of(run.headline()), all.stream())
                .collect(Collectors.joining("\n")));
  }

  private static String line(String kind, RunReport run, String text) {
    var title = "ticket-sim " + run.history().run().strategy();
    return "::"
        + kind
        + " title="
        + data(title).replace(":", "%3A").replace(",", "%2C")
        + "::"
        + data(text);
  }

  /** On one line, which the runner undoes. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
