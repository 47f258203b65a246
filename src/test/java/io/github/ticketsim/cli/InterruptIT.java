package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signals do to a ticket-sim in a process of its own. */
@Timeout(180)
class InterruptIT {
  private static final int STOCK = 1_000;
  private static final String KEY = "ticket:stock";

  @TempDir private Path folder;

  private TicketSimProcess storm(String timeout) throws Exception {
    return TicketSimProcess.start(
        folder,
        "storm",
        "--embedded",
        "--threads=50",
        "--pool=4",
        "--stock=" + STOCK,
        "--duration=10m",
        "--timeout=" + timeout,
        "--out=" + folder.resolve("runs"));
  }

  private static void awaitSoldOut(int port) throws Exception {
    var redis = RedisServer.at("redis://127.0.0.1:" + port);
    Await.until(
        "all is sold", () -> redis.call("EXISTS", KEY).equals(1L) && redis.counter(KEY) < -100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void theFirstInterruptEndsTheStormWithItsVerdict(String signal) throws Exception {
    try (var sim = storm("2s")) {
      var port = sim.awaitRedis();
      awaitSoldOut(port);
      sim.signal(signal);
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.out())
          .startsWith("VALID: sold 1,000 of 1,000 tickets")
          .contains("; 50 buyers came");
      assertThat(sim.err().lines()).singleElement().asString().contains("a second Ctrl-C");
    }
    var runs = folder.resolve("runs");
    var history = Storms.latest(runs);
    assertThat(history.ending().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(history.ending().settlement().settled()).isTrue();
    var report = CommandRun.of("report", "--out", runs.toString());
    report.assertQuiet(ExitCode.VALID);
  }

  @Test
  void theSecondInterruptEndsTheProcessAtOnceAndItsRedisToo() throws Exception {
    // With a timeout of a day nothing but the second interrupt can end this.
    try (var sim = storm("24h")) {
      var port = sim.awaitRedis();
      awaitSoldOut(port);
      sim.signalRedis("STOP");
      sim.signal("INT");
      Await.until("the first is acknowledged", () -> sim.err().contains("a second Ctrl-C"));
      assertThat(sim.running()).isTrue();
      sim.signal("INT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.out()).isEmpty();
    }
  }

  @Test
  void thePrivateRedisDoesNotOutliveAKilledTicketSim() throws Exception {
    try (var sim = storm("2s")) {
      var port = sim.awaitRedis();
      awaitSoldOut(port);
      sim.signal("KILL");
      sim.awaitExit();
      sim.awaitRedisGone(port);
    }
  }

  @Test
  void sigtermAsksToFinishHoweverOftenItComes() throws Exception {
    try (var sim = storm("24h")) {
      awaitSoldOut(sim.awaitRedis());
      sim.signalRedis("STOP");
      sim.signal("TERM");
      Await.until("the first is acknowledged", () -> sim.err().contains("a second Ctrl-C"));
      sim.signal("TERM");
      sim.signal("HUP");
      sim.signalRedis("CONT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      assertThat(sim.out()).startsWith("VALID");
    }
  }

  @Test
  void aFinishedRunStopsItsPrivateRedis() throws Exception {
    try (var sim =
        TicketSimProcess.start(
            folder,
            "storm",
            "--embedded",
            "--threads=50",
            "--stock=20",
            "--out=" + folder.resolve("runs"))) {
      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.VALID.status());
      assertThat(sim.out()).startsWith("VALID: sold 20 of 20 tickets").contains("; 50 buyers came");
      assertThat(sim.err()).isEmpty();
      assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
  }
}
