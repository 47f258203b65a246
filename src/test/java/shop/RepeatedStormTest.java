package shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.UnixOperatingSystemMXBean;
import io.github.ticketsim.Reply;
import io.github.ticketsim.Report;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A storm may stand in a repeated test, and beside others. */
class RepeatedStormTest {
  private static final int TIMES = 100;

  @TempDir private Path folder;

  private Report run() throws InterruptedException {
    var left = new AtomicLong(20);
    var replies = new ConcurrentHashMap<String, Reply>();
    return TicketStorm.of(20)
        .buyers(100)
        .retry(0.1)
        .out(folder.resolve("runs"))
        .purchase(
            purchase ->
                replies.computeIfAbsent(
                    purchase.key(),
                    _ -> left.getAndDecrement() > 0 ? Reply.sold() : Reply.soldOut()))
        .left(() -> Math.max(0, left.get()))
        .run();
  }

  private String threads(String name) throws IOException {
    var dump = folder.resolve(name);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
    return Files.readString(dump);
  }

  private static long openFiles() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }

  @Test
  void leavesNothingBehind(TestReporter reporter) throws Exception {
    run();
    var files = openFiles();
    var platformThreads = Thread.getAllStackTraces().keySet();

    var nanos = System.nanoTime();
    for (var time = 0; time < TIMES; time++) {
      assertThat(run().verdict()).isEqualTo(Verdict.VALID);
    }
    reporter.publishEntry(
        "a run of 100 buyers",
        Duration.ofNanos((System.nanoTime() - nanos) / TIMES).toMillis() + " ms");

    assertThat(openFiles()).isLessThanOrEqualTo(files);
    assertThat(threads("threads")).contains("main").doesNotContain("buyer-", "\"retry\"");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !thread.getName().startsWith("ForkJoinPool"))
        .isSubsetOf(platformThreads);
    try (var runs = Files.list(folder.resolve("runs"))) {
      // That of the first run too, and the name that leads to the last.
      assertThat(runs).hasSize(TIMES + 2);
    }
  }

  @Test
  void stormsAtTheSameTimeKnowNothingOfEachOther() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      var storms = Stream.<Callable<Report>>generate(() -> this::run).limit(20).toList();
      for (var storm : threads.invokeAll(storms)) {
        assertThat(storm.get().verdict()).isEqualTo(Verdict.VALID);
        assertThat(storm.get().problems()).isEmpty();
        assertThat(storm.get().saved()).isPresent();
      }
    }
  }
}
