import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Memory, judging, saving and loading, beside the time that a storm of as many takes. */
final class Histories {
  private static final int MILLION = 1_000_000;

  private final boolean quick;
  private final Path work;
  private final Table table;

  Histories(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  /**
   * @param perSecond attempts of a storm
   */
  void measure(double perSecond) throws Exception {
    Progress.say("a million attempts");
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
    Progress.say("ten million attempts");
    var ten = Costs.inFreshJvm(10 * MILLION, work);
    table.row(
        "judging 10,000,000, an attempt, to 1,000,000",
        String.format(Locale.ROOT, "%.2f us", ten.judging() / 10),
        String.format(Locale.ROOT, "%.2f us", million.judging()),
        String.format(Locale.ROOT, "%.2f", ten.judging() / 10 / million.judging()),
        "2 or less");
    memory(10 * MILLION, ten);
  }

  private void memory(int attempts, Costs measured) {
    table.row(
        String.format(Locale.ROOT, "heap after collection, an attempt of %,d", attempts),
        String.format(Locale.ROOT, "%.1f bytes", measured.bytes()),
        "",
        "",
        "64 bytes or less");
  }

  private void part(String what, double seconds, double storm, String beside, String wanted) {
    table.row(
        what,
        String.format(Locale.ROOT, "%.2f s", seconds),
        beside,
        String.format(Locale.ROOT, "%.2f", seconds / storm),
        wanted);
  }

  /** From the storm to the verdict, and judged again, all in 2 GiB. */
  void tenMillion() throws Exception {
    Progress.say("a storm of ten million");
    var out = work.resolve("ten").toString();
    var heap = "-Xmx2g";
    var storm =
        Processes.seconds(
            heap,
            List.of(
                Processes.TICKET_SIM.toString(),
                "storm", "--embedded", "--stock", "1000", "--threads", "5000", "--purchases", "2000", "--out", out));
    var report =
        Processes.seconds(
            heap, List.of(Processes.TICKET_SIM.toString(), "report", "--out", out));
    table.row(
        "10,000,000 attempts in 2 GiB, from storm to `VALID`, then `report`",
        String.format(Locale.ROOT, "%.0f s, then %.0f s", storm, report),
        "",
        "",
        "done");
  }
}
