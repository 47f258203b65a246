package io.github.ticketsim.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the figures of the manual's page on performance. Whatever is compared runs on this machine
 * in turns with what it is compared to, each in a process of its own; a figure is the median of all
 * turns, with the least and the greatest.
 *
 * <p>{@code --http} measures the service instead of storms, {@code --target} storms over HTTP,
 * {@code --cluster} items over the primaries of a cluster, {@code --sale} what it takes to judge a
 * sale of many items, {@code --parts} to judge the parts of a great storm, {@code --growth} storms
 * of more and more buyers and attempts, {@code --allocations} only what a purchase and its
 * judgement ask of the heap. {@code --quick} takes fewer and shorter turns, and leaves out ten
 * million attempts. A part that fails says so in a line, and the others follow; the exit code is
 * then 1.
 */
final class Bench {
  private boolean failed;

  private Bench() {}

  private interface Part {
    void measure() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    var options = List.of(arguments);
    var work = Files.createTempDirectory("ticket-sim-bench-");
    CleanUp.atExit(work);
    var table = new Table(("scripts/bench " + String.join(" ", options)).strip());
    var bench = new Bench();
    bench.measure(options, work, table);
    System.exit(bench.failed ? 1 : 0);
  }

  private void measure(List<String> options, Path work, Table table) {
    var quick = options.contains("--quick");
    if (options.contains("--http")) {
      part(() -> new Http(quick, work, table).measure());
      return;
    }
    if (options.contains("--target")) {
      part(() -> new TargetStorms(quick, work, table).measure());
      return;
    }
    if (options.contains("--cluster")) {
      part(() -> new ClusterItems(quick, work, table).measure());
      return;
    }
    var allocations = new Allocations(work, table);
    if (options.contains("--allocations")) {
      part(allocations::measure);
      return;
    }
    var sale = new SaleJudging(quick, work, table);
    if (options.contains("--sale")) {
      part(sale::measure);
      return;
    }
    if (options.contains("--parts")) {
      part(new PartsJudging(quick, work, table)::measure);
      return;
    }
    if (options.contains("--growth")) {
      part(new Growth(quick, work, table)::measure);
      return;
    }
    var storms = new Storms(quick, work, table);
    var histories = new Histories(quick, work, table);
    part(storms::decr);
    part(storms::pipeline);
    part(histories::measure);
    part(sale::measure);
    part(allocations::measure);
    part(new StartUp(quick, work, table)::measure);
    if (!quick) {
      part(histories::tenMillion);
    }
  }

  private void part(Part part) {
    try {
      part.measure();
    } catch (Exception e) {
      failed = true;
      Progress.say(e instanceof FailedException ? String.valueOf(e.getMessage()) : e.toString());
    }
  }
}
