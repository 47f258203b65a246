package io.github.ticketsim.cli;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.RunReport;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says what a run's figures must not be. */
final class LimitOptions {

  @Option(
      names = "--fail-if",
      paramLabel = "LIMIT",
      description = {
        "Exit with 5 if that is true of a run that is valid: a metric, <, <=, > or >=, and a bound,"
            + " such as 'p99>50ms' or 'throughput<10k/s'. May be repeated.",
        "Metrics: p50, p90, p95, p99, p99.9 and max of the whole time of the attempts with a reply"
            + " (with --rate the response time); the same after pool_wait. or round_trip., such as"
            + " round_trip.p99; throughput and rate, a second; failed and indeterminate, in percent"
            + " of all attempts."
      })
  private List<Limit> limits = List.of();

  List<Limit> limits() {
    return limits;
  }

  /** Says on stderr which limits {@code report} misses. */
  static void tell(RunReport report, PrintWriter err) {
    var strategy = report.history().run().strategy();
    report.missed().forEach(words -> Stderr.say(err, strategy + " missed the limit " + words));
  }
}
