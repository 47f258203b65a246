package io.github.ticketsim.report.file;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Exposition;
import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Metrics in the text format of OpenMetrics, each with the label {@code strategy}. A run is over
 * when they are written, so all of them are gauges.
 */
final class MetricsFile {
  private static final String PREFIX = "ticket_sim_run_";

  private final Exposition out = new Exposition();
  private final List<RunReport> runs;

  private MetricsFile(List<RunReport> runs) {
    this.runs = runs;
  }

  /** Writes {@code runs}; each metric has a sample of every run. */
  static void write(List<RunReport> runs, Writer target) throws IOException {
    target.write(new MetricsFile(runs).text());
    target.flush();
  }

  private String text() {
    info();
    family("verdict", "1 for the verdict, 0 for the others.");
    for (var run : runs) {
      for (var result : Result.values()) {
        sample(run, "verdict", run.verdict().result() == result ? 1 : 0, "verdict", result.name());
      }
    }
    family("check", "1 for what the check found, 0 for the others.");
    for (var run : runs) {
      for (var check : run.verdict().checks()) {
        for (var status : Check.Status.values()) {
          sample(
              run,
              "check",
              check.status() == status ? 1 : 0,
              "check",
              RunSection.word(check.name()),
              "status",
              RunSection.word(status));
        }
      }
    }
    family("attempts", "Attempts, by outcome.");
    for (var run : runs) {
      for (var kind : Outcome.Kind.values()) {
        sample(run, "attempts", run.count(kind), "outcome", kind.wireName());
      }
    }
    single("stock", "Tickets that there were.", run -> Math.max(0, run.history().run().stock()));
    single(
        "sold_at_least",
        "Tickets that were sold, at least.",
        run -> run.verdict().sold().atLeast());
    single(
        "sold_at_most", "Tickets that were sold, at most.", run -> run.verdict().sold().atMost());
    single("replies_per_second", "Throughput.", run -> run.measurements().throughput());
    single("missed_limits", "Limits of --fail-if that were missed.", run -> run.missed().size());
    single("warnings", "Reasons to doubt the figures.", run -> run.warnings().size());
    single(
        "duration_seconds",
        "From the first attempt to the last reply.",
        run -> run.measurements().elapsed().toNanos() / 1e9);
    single(
        "start_timestamp_seconds",
        "When the run began.",
        run -> run.history().run().started().toEpochMilli() / 1e3);
    latencies();
    return out.end();
  }

  private void info() {
    out.family("ticket_sim_run", "info", "What was run.");
    for (var run : runs) {
      var inputs = run.history().run();
      sample(
          run,
          "info",
          1,
          "run",
          inputs.id().toString(),
          "key",
          inputs.key(),
          "server",
          inputs.setup().map(Run.Setup::server).orElse(""),
          "version",
          inputs.setup().map(Run.Setup::version).orElse(""));
    }
  }

  private void latencies() {
    family("latency_seconds", "Times of the attempts with a reply, by phase and quantile.");
    for (var run : runs) {
      for (var phase : Phase.values()) {
        run.measurements()
            .replies(phase)
            .ifPresent(
                times ->
                    quantiles(times)
                        .forEach(
                            (quantile, nanos) ->
                                sample(
                                    run,
                                    "latency_seconds",
                                    nanos / 1e9,
                                    "phase",
                                    RunSection.word(phase),
                                    "quantile",
                                    quantile)));
      }
    }
  }

  private static Map<String, Long> quantiles(Percentiles times) {
    return new TreeMap<>(
        Map.of(
            "0.5", times.p50(),
            "0.9", times.p90(),
            "0.95", times.p95(),
            "0.99", times.p99(),
            "0.999", times.p999(),
            "1.0", times.max()));
  }

  private void single(String name, String help, ToDoubleFunction<RunReport> value) {
    family(name, help);
    runs.forEach(run -> sample(run, name, value.applyAsDouble(run)));
  }

  private void family(String name, String help) {
    out.family(PREFIX + name, "gauge", help);
  }

  private void sample(RunReport run, String name, double value, String... labels) {
    var all = new String[labels.length + 2];
    all[0] = "strategy";
    all[1] = run.history().run().strategy();
    System.arraycopy(labels, 0, all, 2, labels.length);
    out.sample(PREFIX + name, value, all);
  }
}
