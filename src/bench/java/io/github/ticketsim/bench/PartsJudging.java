package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.OrderLoss;
import io.github.ticketsim.verify.Verifier;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What it takes to join the histories of ten parts and to judge them, by the number of attempts.
 * The histories are made up while they are read, so that no disk is measured, nor what they take
 * there.
 */
final class PartsJudging {
  private static final int PARTS = 10;
  private static final int BUYERS = 5_000;
  private static final long GAP_NANOS = 1_000;
  private static final long BOUND_NANOS = 100_000;
  private static final UUID RUN = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);

  private final boolean quick;
  private final Path work;
  private final Table table;

  PartsJudging(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    var million = 0.0;
    for (var attempts : quick ? List.of(1_000_000) : List.of(1_000_000, 10_000_000, 100_000_000)) {
      Progress.say(String.format(Locale.ROOT, "joining and judging %,d attempts", attempts));
      var output =
          Processes.output(
              work,
              Path.of(Machine.java()),
              "-Xmx16g",
              "-cp",
              Machine.classPath(),
              PartsJudging.class.getName(),
              attempts.toString());
      var figures = output.strip().split(" ", -1);
      var judging = Double.parseDouble(figures[1]) * 1e6 / attempts;
      million = million == 0 ? judging : million;
      table.row(
          String.format(Locale.ROOT, "joining, then judging, %,d attempts of ten parts", attempts),
          String.format(
              Locale.ROOT,
              "%.1f s, then %.1f s",
              Double.parseDouble(figures[0]),
              Double.parseDouble(figures[1])),
          String.format(
              Locale.ROOT,
              "%.1f bytes an attempt kept, %.1f at most, %.1f GiB of the machine",
              Double.parseDouble(figures[2]) / attempts,
              Double.parseDouble(figures[3]) / attempts,
              Double.parseDouble(figures[4]) / (1 << 20)),
          String.format(Locale.ROOT, "%.2f", judging / million),
          "2 or less; 16 GiB or less");
    }
  }

  /**
   * {@code ATTEMPTS}: prints the seconds of joining, and making up, and of judging, the heap bytes
   * that are kept, the most after any collection, and the greatest memory of the process in KiB.
   */
  public static void main(String[] arguments) throws Exception {
    var attempts = Integer.parseInt(arguments[0]);
    var heap = HeapPeak.watch();
    var begin = nanos();
    var reader = new PartsReader();
    for (var part = 0; part < PARTS; part++) {
      reader.add(new MadeUp(part, attempts), "part " + part);
    }
    var history = reader.joined();
    var joined = nanos();
    System.gc();
    var kept = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    var collected = nanos();
    var verdict = Verifier.verify(history);
    var loss = OrderLoss.of(history).orElseThrow();
    var judged = nanos();
    if (verdict.result() != Judgement.Result.VALID || loss.pairs() == 0) {
      throw new IllegalStateException(verdict.toString());
    }
    System.out.printf(
        Locale.ROOT,
        "%.2f %.2f %d %d %d%n",
        (joined - begin) / 1e9,
        (judged - collected) / 1e9,
        kept,
        heap.bytes(),
        Machine.mostResident(ProcessHandle.current().pid()));
  }

  /** Of the processor: one thread does it all, and the machine may do other things meanwhile. */
  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The history of a part: of every tenth attempt, on a clock of its own. */
  private static final class MadeUp extends InputStream {
    private final int part;
    private final int attempts;
    private final SplittableRandom random;
    private int next;
    private boolean ended;
    private byte[] bytes;
    private int at;

    MadeUp(int part, int attempts) {
      this.part = part;
      this.attempts = attempts;
      this.random = new SplittableRandom(part);
      this.next = part;
      this.bytes = first().getBytes(StandardCharsets.ISO_8859_1);
    }

    private long offset() {
      return 1_000_000L * part;
    }

    private String first() {
      return """
      {"type":"run","format":1,"run":"%s","started":"2026-11-22T08:20:31.123Z","strategy":"decr",\
      "model":"counter","key":"k","stock":%d,"buyers":%d,"part":%d,"parts":%d,"demand":%d,\
      "whole_demand":%d,"clock":{"offset":%d,"rate_ppb":0,"bound":%d,"least":%d,"stepped":0}}
      """
          .formatted(
              RUN,
              attempts / 2,
              BUYERS / PARTS,
              part,
              PARTS,
              attempts / PARTS,
              attempts,
              offset(),
              BOUND_NANOS,
              BOUND_NANOS);
    }

    private String lines() {
      var text = new StringBuilder(1 << 16);
      for (; next < attempts && text.length() < 60_000; next += PARTS) {
        var value = attempts / 2 - 1 - next;
        var call = GAP_NANOS * next;
        var id = RUN.getMostSignificantBits() + ((long) next << 16);
        text.append("{\"type\":\"buy\",\"id\":\"")
            .append(new UUID(id, random.nextLong()))
            .append("\",\"timestamp\":")
            .append(id >>> 16)
            .append(",\"buyer\":")
            .append(next % BUYERS)
            .append(",\"pool_wait\":")
            .append(random.nextInt(1_000_000))
            .append(",\"call\":")
            .append(call - offset())
            .append(",\"return\":")
            .append(call - offset() + random.nextLong(1, BUYERS * GAP_NANOS))
            .append(
                value >= 0
                    ? ",\"outcome\":\"sold\",\"value\":"
                    : ",\"outcome\":\"sold_out\",\"value\":")
            .append(value)
            .append("}\n");
      }
      if (next >= attempts && !ended) {
        ended = true;
        text.append("{\"type\":\"end\",\"left\":")
            .append(attempts / 2 - attempts)
            .append(",\"settled\":true}\n");
      }
      return text.toString();
    }

    @Override
    public int available() {
      if (at == bytes.length) {
        bytes = lines().getBytes(StandardCharsets.ISO_8859_1);
        at = 0;
      }
      return bytes.length - at;
    }

    @Override
    public int read() {
      return available() == 0 ? -1 : bytes[at++];
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      var count = Math.min(length, available());
      System.arraycopy(bytes, at, to, offset, count);
      at += count;
      return count == 0 ? -1 : count;
    }
  }
}
