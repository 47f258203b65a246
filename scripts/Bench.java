import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.verify.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Takes the figures of README's section on performance. Whatever is compared runs on this machine in turns with what it
 * is compared to, each in a process of its own; a figure is the median of all turns, with the least and the greatest.
 *
 * <p>{@code --quick} takes fewer turns and leaves out ten million attempts. {@code --files N FOLDER} is how this program
 * calls itself, to measure with a JVM that has done nothing else.
 */
final class Bench {
  private static final int BUYERS = 5_000;
  private static final int COLD_ATTEMPTS = 100_000;
  private static final int MILLION = 1_000_000;
  private static final long MOST_MINUTES_A_PROCESS = 20;
  private static final String KEY = "bench:stock";

  private final boolean quick;
  private final Path work;
  private final List<String> rows = new ArrayList<>();

  private Bench(boolean quick, Path work) {
    this.quick = quick;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("--files")) {
      Costs.measure(Integer.parseInt(arguments[1]), Path.of(arguments[2]));
      return;
    }
    var work = Files.createTempDirectory("ticket-sim-bench-");
    try {
      new Bench(List.of(arguments).contains("--quick"), work).run();
    } finally {
      try (var files = Files.walk(work)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run() throws Exception {
    double perSecond;
    try (var redis = Redis.start(work)) {
      perSecond = decr(redis);
      pipeline(redis);
    }
    files(perSecond);
    startUp();
    if (!quick) {
      tenMillion();
    }
    print();
  }

  private void print() throws IOException {
    System.out.printf(
        "%s, `scripts/bench%s`, on %s%n%n",
        LocalDate.now(), quick ? " --quick" : "", Machine.words());
    System.out.println("| what | ticket-sim | beside it | ratio | wanted |");
    System.out.println("| --- | --- | --- | --- | --- |");
    rows.forEach(System.out::println);
  }

  private void row(String what, String ours, String beside, String ratio, String wanted) {
    rows.add("| " + String.join(" | ", what, ours, beside, ratio, wanted) + " |");
  }

  /** The default path, its fairness and its first attempts; returns its attempts a second. */
  private double decr(Redis redis) throws Exception {
    var each = quick ? 40 : 80;
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    var tails = new ArrayList<Double>();
    var colds = new ArrayList<Double>();
    for (var turn = 0; turn < (quick ? 1 : 5); turn++) {
      progress("DECR, turn " + (turn + 1));
      beside.add(redis.benchmark("-c", "64", "-n", Integer.toString(BUYERS * each)));
      var history = storm(redis, each, "--pool", "64");
      var figures = Measurements.of(history);
      ours.add(figures.throughput());
      tails.add(tail(figures.total().orElseThrow()));
      colds.add(cold(history.attempts()));
    }
    row(
        "one `DECR` on a borrowed connection, a second, against `redis-benchmark -c 64`",
        Figures.of("%,.0f", ours),
        Figures.of("%,.0f", beside),
        Figures.of("%.2f", Figures.ratios(ours, beside)),
        "0.95 or more");
    row(
        "the same: p99.9 of the whole purchase to its p50", "", "", Figures.of("%.2f", tails), "2 or less");
    row(
        "the same: first 100,000 of a fresh process, a second, to the rest",
        "",
        "",
        Figures.of("%.2f", colds),
        "0.5 or more");
    return Figures.median(ours);
  }

  private static double tail(Percentiles times) {
    return (double) times.p999() / times.p50();
  }

  private static double cold(Attempts attempts) {
    var returns = new long[attempts.size()];
    for (var i = 0; i < returns.length; i++) {
      returns[i] = attempts.returnNanos(i);
    }
    Arrays.sort(returns);
    var rest = returns.length - COLD_ATTEMPTS;
    var first = (double) COLD_ATTEMPTS / returns[COLD_ATTEMPTS - 1];
    return first / ((double) rest / (returns[returns.length - 1] - returns[COLD_ATTEMPTS - 1]));
  }

  private void pipeline(Redis redis) throws Exception {
    var what = "`--pipeline`, a second, against `redis-benchmark -c 50 -P 64`";
    if (!Processes.output(Path.of("scripts/ticket-sim").toAbsolutePath(), "storm", "--help").contains("--pipeline")) {
      row(what, "", "", "skipped: there is no `--pipeline`", "0.7 or more");
      return;
    }
    var each = quick ? 200 : 400;
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var turn = 0; turn < (quick ? 1 : 5); turn++) {
      progress("pipeline, turn " + (turn + 1));
      beside.add(redis.benchmark("-c", "50", "-P", "64", "-n", Integer.toString(BUYERS * each)));
      ours.add(Measurements.of(storm(redis, each, "--pipeline")).throughput());
    }
    row(
        what,
        Figures.of("%,.0f", ours),
        Figures.of("%,.0f", beside),
        Figures.of("%.2f", Figures.ratios(ours, beside)),
        "0.7 or more");
  }

  private History storm(Redis redis, int purchases, String... options) throws Exception {
    var out = work.resolve("runs");
    Processes.ticketSim(
        Stream.concat(
                Stream.of(
                    "storm", "--redis", redis.uri(), "--key", KEY, "--stock", "1000",
                    "--threads", Integer.toString(BUYERS), "--purchases", Integer.toString(purchases),
                    "--out", out.toString()),
                Stream.of(options))
            .toArray(String[]::new));
    var latest = out.resolve(RunFolder.LATEST).toRealPath();
    var history = HistoryFile.read(new RunFolder(latest).history());
    try (var files = Files.list(latest)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    return history;
  }

  /** Memory, judging, saving and loading, beside the time that a storm of as many takes. */
  private void files(double perSecond) throws Exception {
    progress("a million attempts");
    var million = Costs.inFreshJvm(MILLION, work);
    var storm = MILLION / perSecond;
    var stormWords = String.format(Locale.ROOT, "%.1f s of storm", storm);
    part("judging and measuring 1,000,000 attempts", million.judging(), storm, stormWords, "0.1 or less");
    part("saving them", million.saving(), storm, stormWords, "0.25 or less");
    part("saving them with `--gzip`", million.zipping(), storm, stormWords, "0.25 or less");
    part("loading them", million.loading(), storm, stormWords, "0.25 or less");
    if (quick) {
      memory(MILLION, million);
      return;
    }
    progress("ten million attempts");
    var ten = Costs.inFreshJvm(10 * MILLION, work);
    row(
        "judging 10,000,000, an attempt, to 1,000,000",
        String.format(Locale.ROOT, "%.2f us", ten.judging() / 10),
        String.format(Locale.ROOT, "%.2f us", million.judging()),
        String.format(Locale.ROOT, "%.2f", ten.judging() / 10 / million.judging()),
        "2 or less");
    memory(10 * MILLION, ten);
  }

  private void memory(int attempts, Costs measured) {
    row(
        String.format(Locale.ROOT, "heap after collection, an attempt of %,d", attempts),
        String.format(Locale.ROOT, "%.1f bytes", measured.bytes()),
        "",
        "",
        "64 bytes or less");
  }

  private void part(String what, double seconds, double storm, String beside, String wanted) {
    row(
        what,
        String.format(Locale.ROOT, "%.2f s", seconds),
        beside,
        String.format(Locale.ROOT, "%.2f", seconds / storm),
        wanted);
  }

  private void startUp() throws Exception {
    var java = Machine.java();
    Files.writeString(
        work.resolve("Hello.java"),
        "class Hello { public static void main(String[] a) { System.out.println(\"hello\"); } }");
    Processes.output(Path.of(java).resolveSibling("javac"), "-d", work.toString(), work.resolve("Hello.java").toString());
    var ticketSim = Path.of("scripts/ticket-sim").toAbsolutePath().toString();
    inTurns(
        "start: `--version`, against a class that says hello",
        quick ? 5 : 15,
        List.of(ticketSim, "--version"),
        List.of(java, "-cp", work.toString(), "Hello"),
        "2.5 or less");
    var storm =
        List.of("storm", "--embedded", "--stock", "1000", "--threads", "5000", "--out", work.resolve("runs").toString());
    inTurns(
        "start to end: `storm --embedded --stock 1000 --threads 5000`, against the same without cache and flags",
        quick ? 3 : 9,
        Stream.concat(Stream.of(ticketSim), storm.stream()).toList(),
        Stream.concat(
                Stream.of(java, "-jar", Path.of("target/ticket-sim.jar").toAbsolutePath().toString()),
                storm.stream())
            .toList(),
        "0.5 or less");
  }

  private void inTurns(String what, int turns, List<String> command, List<String> other, String wanted)
      throws Exception {
    progress(what);
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var turn = 0; turn < turns; turn++) {
      beside.add(Processes.seconds(other));
      ours.add(Processes.seconds(command));
    }
    row(
        what,
        Figures.of("%.3f", ours) + " s",
        Figures.of("%.3f", beside) + " s",
        String.format(Locale.ROOT, "%.2f", Figures.median(ours) / Figures.median(beside)),
        wanted);
  }

  /** From the storm to the verdict, and judged again, all in 2 GiB. */
  private void tenMillion() throws Exception {
    progress("a storm of ten million");
    var out = work.resolve("ten").toString();
    var heap = "-Xmx2g";
    var storm =
        Processes.seconds(
            heap,
            List.of(
                Path.of("scripts/ticket-sim").toAbsolutePath().toString(),
                "storm", "--embedded", "--stock", "1000", "--threads", "5000", "--purchases", "2000", "--out", out));
    var report =
        Processes.seconds(
            heap, List.of(Path.of("scripts/ticket-sim").toAbsolutePath().toString(), "report", "--out", out));
    row(
        "10,000,000 attempts in 2 GiB, from storm to `VALID`, then `report`",
        String.format(Locale.ROOT, "%.0f s, then %.0f s", storm, report),
        "",
        "",
        "done");
  }

  private static void progress(String what) {
    System.err.println("bench: " + what);
  }

  /**
   * What a history costs apart from the storm.
   *
   * @param bytes of heap, an attempt
   * @param judging seconds, measuring included
   */
  private record Costs(double bytes, double judging, double saving, double zipping, double loading) {

    static Costs inFreshJvm(int attempts, Path work) throws Exception {
      var figures =
          Processes.output(
                  Path.of(Machine.java()),
                  "-Xmx2g", "-cp", "target/ticket-sim.jar", "scripts/Bench.java",
                  "--files", Integer.toString(attempts), work.toString())
              .strip()
              .split(" ");
      var parsed = Stream.of(figures).mapToDouble(Double::parseDouble).toArray();
      return new Costs(parsed[0], parsed[1], parsed[2], parsed[3], parsed[4]);
    }

    /** Prints the figures of a made-up storm in which 64 are always under way. */
    static void measure(int size, Path folder) throws Exception {
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

  /** A Redis for all of them, the bundled one. */
  private record Redis(Process process, int port) implements AutoCloseable {

    static Redis start(Path work) throws Exception {
      int port;
      try (var socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      var process =
          new ProcessBuilder(
                  Path.of("scripts/ticket-sim").toAbsolutePath().toString(), "redis", "--port", Integer.toString(port))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var line = process.inputReader().readLine();
      if (line == null) {
        throw new IllegalStateException("no Redis on port " + port);
      }
      return new Redis(process, port);
    }

    String uri() {
      return "redis://127.0.0.1:" + port;
    }

    /** DECRs a second. */
    double benchmark(String... options) throws Exception {
      var command =
          Stream.of(
                  Stream.of("-p", Integer.toString(port), "--csv"),
                  Stream.of(options),
                  Stream.of("DECR", "bench:benchmark"))
              .flatMap(words -> words)
              .toArray(String[]::new);
      var lines = Processes.output(Path.of("redis-benchmark"), command).strip().lines().toList();
      return Double.parseDouble(lines.getLast().split(",")[1].replace("\"", ""));
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      process.waitFor();
    }
  }

  private static final class Processes {

    static void ticketSim(String... arguments) throws Exception {
      output(Path.of("scripts/ticket-sim").toAbsolutePath(), arguments);
    }

    static String output(Path program, String... arguments) throws Exception {
      var command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var output = new String(process.getInputStream().readAllBytes());
      end(process, command);
      return output;
    }

    static double seconds(List<String> command) throws Exception {
      return seconds("", command);
    }

    static double seconds(String javaOptions, List<String> command) throws Exception {
      var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      if (!javaOptions.isEmpty()) {
        builder.environment().put("JAVA_TOOL_OPTIONS", javaOptions);
      }
      var begin = System.nanoTime();
      end(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start(), command);
      return (System.nanoTime() - begin) / 1e9;
    }

    private static void end(Process process, List<String> command) throws InterruptedException {
      if (!process.waitFor(MOST_MINUTES_A_PROCESS, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("not over after minutes: " + String.join(" ", command));
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("exit " + process.exitValue() + ": " + String.join(" ", command));
      }
    }
  }

  private static final class Figures {

    /** The median, and the range where there is one. */
    static String of(String format, List<Double> figures) {
      var sorted = figures.stream().sorted().toList();
      var median = String.format(Locale.ROOT, format, median(figures));
      return sorted.size() == 1
          ? median
          : String.format(Locale.ROOT, "%s (" + format + " to " + format + ")", median, sorted.getFirst(), sorted.getLast());
    }

    static double median(List<Double> figures) {
      var sorted = figures.stream().sorted().toList();
      var middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Of each turn, since the machine changes from one to the next. */
    static List<Double> ratios(List<Double> ours, List<Double> beside) {
      var ratios = new ArrayList<Double>();
      for (var turn = 0; turn < ours.size(); turn++) {
        ratios.add(ours.get(turn) / beside.get(turn));
      }
      return ratios;
    }
  }

  private static final class Machine {

    static String java() {
      return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String words() throws IOException {
      var cpus = Path.of("/proc/cpuinfo");
      var model =
          Files.isReadable(cpus)
              ? Files.readAllLines(cpus).stream()
                  .filter(line -> line.startsWith("model name"))
                  .map(line -> line.substring(line.indexOf(':') + 1).strip())
                  .findFirst()
                  .orElse("")
              : "";
      return String.format(
          Locale.ROOT,
          "%d x %s, %s, Java %s",
          Runtime.getRuntime().availableProcessors(),
          model.isEmpty() ? System.getProperty("os.arch") : model,
          System.getProperty("os.name"),
          Runtime.version().feature());
    }
  }
}
