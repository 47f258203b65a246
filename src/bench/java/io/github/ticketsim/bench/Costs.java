package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.verify.Judgement;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the history of a storm costs apart from the storm, each part in a JVM that has only loaded
 * it, as {@code report} does.
 *
 * @param attempts in the history
 * @param bytes of heap, an attempt
 * @param storm seconds that the storm itself took
 * @param loading seconds
 * @param judging seconds, measuring included
 * @param saving seconds
 * @param zipping seconds to save it compressed
 */
record Costs(
    double attempts,
    double bytes,
    double storm,
    double loading,
    double judging,
    double saving,
    double zipping) {

  /** Measures the run saved in {@code folder}. */
  static Costs of(Path folder, Path work) throws Exception {
    var report = inFreshJvm("report", folder, work);
    return new Costs(
        report[0],
        report[1],
        report[2],
        report[3],
        report[4],
        inFreshJvm("save", folder, work)[0],
        inFreshJvm("gzip", folder, work)[0]);
  }

  /** Only what {@code report} does. */
  static double judging(Path folder, Path work) throws Exception {
    return inFreshJvm("report", folder, work)[4];
  }

  private static double[] inFreshJvm(String part, Path folder, Path work) throws Exception {
    var figures =
        Processes.output(
                work,
                Path.of(Machine.java()),
                "-Xmx2g",
                "-cp",
                Machine.classPath(),
                Costs.class.getName(),
                part,
                folder.toString(),
                work.toString())
            .strip()
            .split(" ", -1);
    return Stream.of(figures).mapToDouble(Double::parseDouble).toArray();
  }

  /** {@code PART FOLDER WORK}: prints the figures of one part, measured in this JVM. */
  public static void main(String[] arguments) throws Exception {
    var folder = new RunFolder(Path.of(arguments[1]));
    var work = Path.of(arguments[2]);
    var before = usedHeap();
    var begin = System.nanoTime();
    var history = HistoryFile.read(folder.history());
    var loading = secondsSince(begin);
    var bytes = (double) (usedHeap() - before) / history.attempts().size();
    begin = System.nanoTime();
    switch (arguments[0]) {
      case "save" -> HistoryFile.write(history, work.resolve(HistoryFile.NAME));
      case "gzip" ->
          HistoryFile.writeCompressed(history, work.resolve(HistoryFile.COMPRESSED_NAME));
      default -> {
        var report = RunReport.of(history, folder.path());
        var judging = secondsSince(begin);
        if (report.verdict().result() != Judgement.Result.VALID) {
          throw new IllegalStateException(report.headline());
        }
        var storm = report.measurements().elapsed().toNanos() / 1e9;
        System.out.println(
            history.attempts().size() + " " + bytes + " " + storm + " " + loading + " " + judging);
        return;
      }
    }
    System.out.println(secondsSince(begin));
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
