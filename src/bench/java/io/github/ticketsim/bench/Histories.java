package io.github.ticketsim.bench;

import io.github.ticketsim.report.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Memory, judging, saving and loading of what a storm left, beside the time that this storm took.
 */
final class Histories {
  private static final String BUYERS = "5000";

  private final boolean quick;
  private final Path work;
  private final Table table;
  private final List<Costs> turns = new ArrayList<>();

  Histories(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  /** A million attempts several times; or a fifth of that once. */
  void measure() throws Exception {
    for (var turn = 0; turn < (quick ? 1 : 3); turn++) {
      Progress.say("what a history costs, turn " + (turn + 1));
      turns.add(Costs.of(storm("", quick ? 40 : 200), work));
    }
    var attempts = String.format(Locale.ROOT, "%,.0f", turns.getFirst().attempts());
    part(
        "judging and measuring the " + attempts + " attempts of a storm, as `report` does",
        Costs::judging,
        "0.1 or less");
    part("saving them", Costs::saving, "0.25 or less");
    part("saving them with `--gzip`", Costs::zipping, "0.25 or less");
    part("loading them, as `report` does", Costs::loading, "0.25 or less");
    table.row(
        "heap after collection, an attempt of " + attempts,
        Figures.of("%.1f", figures(Costs::bytes)) + " bytes",
        "",
        "",
        "64 bytes or less");
  }

  private void part(String what, ToDoubleFunction<Costs> cost, String wanted) {
    var storms = figures(Costs::storm);
    table.row(
        what,
        Figures.of("%.2f", figures(cost)) + " s",
        Figures.of("%.1f", storms) + " s of storm",
        Figures.of("%.2f", Figures.ratios(figures(cost), storms)),
        wanted);
  }

  private List<Double> figures(ToDoubleFunction<Costs> cost) {
    return turns.stream().mapToDouble(cost).boxed().toList();
  }

  /** Saved by a storm of its own, against the bundled Redis. */
  private Path storm(String heap, int purchases) throws Exception {
    var out = work.resolve("histories-" + purchases);
    Processes.seconds(
        work,
        heap,
        List.of(
            Processes.TICKET_SIM.toString(),
            "storm",
            "--embedded",
            "--stock",
            "1000",
            "--threads",
            BUYERS,
            "--purchases",
            Integer.toString(purchases),
            "--out",
            out.toString()));
    return out.resolve(RunFolder.LATEST).toRealPath();
  }

  /** From the storm to the verdict, and judged again, all in 2 GiB. */
  void tenMillion() throws Exception {
    Progress.say("a storm of ten million");
    var heap = "-Xmx2g";
    var begin = System.nanoTime();
    var run = storm(heap, 2_000);
    var storm = (System.nanoTime() - begin) / 1e9;
    var report =
        Processes.seconds(
            work, heap, List.of(Processes.TICKET_SIM.toString(), "report", run.toString()));
    table.row(
        "10,000,000 attempts in 2 GiB, from storm to `VALID`, then `report`",
        String.format(Locale.ROOT, "%.0f s, then %.0f s", storm, report),
        "",
        "",
        "done");
    var each = Costs.judging(run, work) / 10;
    var million = Figures.median(figures(Costs::judging));
    table.row(
        "judging 10,000,000, an attempt, to 1,000,000",
        String.format(Locale.ROOT, "%.2f us", each),
        String.format(Locale.ROOT, "%.2f us", million),
        String.format(Locale.ROOT, "%.2f", each / million),
        "2 or less");
  }
}
