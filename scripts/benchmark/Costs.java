import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a history costs apart from the storm.
 *
 * @param bytes of heap, an attempt
 * @param judging seconds, measuring included
 */
record Costs(double bytes, double judging, double saving, double zipping, double loading) {
  private static final int BUYERS = 5_000;
  private static final String KEY = "bench:stock";

  /** Measured by a JVM that has done nothing else. */
  static Costs inFreshJvm(int attempts, Path work) throws Exception {
    var figures =
        Processes.output(
                Path.of(Machine.java()),
                "-Xmx2g", "-cp", "target/ticket-sim.jar", "scripts/benchmark/Costs.java",
                Integer.toString(attempts), work.toString())
            .strip()
            .split(" ");
    var parsed = Stream.of(figures).mapToDouble(Double::parseDouble).toArray();
    return new Costs(parsed[0], parsed[1], parsed[2], parsed[3], parsed[4]);
  }

  /** {@code N FOLDER}: measures so many attempts in this JVM. */
  public static void main(String[] arguments) throws Exception {
    measure(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
  }

  /** Prints the figures of a made-up storm in which 64 are always under way. */
  private static void measure(int size, Path folder) throws Exception {
    var before = usedHeap();
    var history = madeUp(size);
    var bytes = (double) (usedHeap() - before) / size;
    var begin = System.nanoTime();
    var report = RunReport.of(history, folder);
    var judging = secondsSince(begin);
    if (report.verdict().result() != Verdict.Result.VALID) {
      throw new IllegalStateException(report.headline());
    }
    report = null;
    var file = folder.resolve(HistoryFile.NAME);
    begin = System.nanoTime();
    HistoryFile.write(history, file);
    var saving = secondsSince(begin);
    var zip = folder.resolve(HistoryFile.COMPRESSED_NAME);
    begin = System.nanoTime();
    HistoryFile.writeCompressed(history, zip);
    var zipping = secondsSince(begin);
    Files.delete(zip);
    history = null;
    begin = System.nanoTime();
    HistoryFile.read(file);
    var loading = secondsSince(begin);
    Files.delete(file);
    System.out.println(bytes + " " + judging + " " + saving + " " + zipping + " " + loading);
  }

  private static History madeUp(int size) {
    var ledger = new Ledger();
    var random = new Random(1);
    var ids = PurchaseIds.random();
    var started = Instant.now();
    var stock = size / 2;
    for (var i = 0; i < size; i++) {
      var executed = i * 20_000L;
      var millis = started.toEpochMilli() + TimeUnit.NANOSECONDS.toMillis(executed);
      var value = OptionalLong.of(stock - 1L - i);
      ledger.append(
          new Attempt(
              ids.next(millis),
              millis,
              random.nextInt(BUYERS),
              OptionalLong.of(75_000_000 + random.nextInt(10_000_000)),
              executed - random.nextInt(640_000),
              OptionalLong.of(executed + random.nextInt(640_000)),
              i < stock ? new Outcome.Sold(value) : new Outcome.SoldOut(value)));
    }
    var run =
        new Run(
            ids.next(started.toEpochMilli()), started, "made-up", Model.COUNTER, KEY, stock, BUYERS, Optional.empty());
    return new History(
        run, ledger.freeze(), new Ending(Settlement.settled((long) stock - size), Ending.Cut.NONE));
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
