package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisCommandIT {

  @TempDir private Path folder;

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void servesPreloadStormAndReportUntilInterrupted() throws Exception {
    var port = freePort();
    var uri = "redis://127.0.0.1:" + port;
    var out = folder.resolve("runs");
    try (var sim = TicketSimProcess.start(folder, "redis", "--port=" + port)) {
      Await.until("it says that it is ready", () -> !sim.running() || sim.out().contains(uri));

      var preload = CommandRun.of("preload", "--redis", uri, "--stock", "10");
      preload.assertQuiet(ExitCode.VALID);
      assertThat(preload.out()).isEqualToIgnoringNewLines("ticket:stock: (missing) -> 10");
      var storm = CommandRun.of(Storms.arguments(out, uri));
      storm.assertQuiet(ExitCode.VALID);
      assertThat(storm.out())
          .startsWith("VALID: sold 10 of 10 tickets")
          .contains("; 20 buyers came");
      CommandRun.of("report", "--out", out.toString()).assertQuiet(ExitCode.VALID);

      assertThat(sim.running()).isTrue();
      sim.signal("INT");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.err()).isEmpty();
    }
  }

  @Test
  void saysInRedisOwnWordsThatThePortIsTaken() throws Exception {
    try (var taken = RedisServer.own()) {
      CommandRun.of("redis", "--port", Integer.toString(taken.port()))
          .assertRefusedWith(
              ExitCode.UNAVAILABLE, Integer.toString(taken.port()), "listening", "--port");
      assertThat(RedisServer.listens(taken.port())).as("the other Redis is unharmed").isTrue();
    }
  }

  @Test
  void leavesNothingBehindWhereItIsKilledWhileRedisStarts() throws Exception {
    var port = freePort();
    try (var sim = TicketSimProcess.start(folder, "redis", "--port=" + port)) {
      Await.until("Redis has begun to start", () -> !sim.running() || sim.redisHasPid());
      sim.signal("KILL");
      sim.awaitExit();
      sim.awaitRedisGone(port);
    }
  }

  @Test
  void saysThatItsRedisEnded() throws Exception {
    var port = freePort();
    try (var sim = TicketSimProcess.start(folder, "redis", "--port=" + port)) {
      Await.until("it is ready", () -> !sim.running() || sim.out().contains("ready"));
      sim.signalRedis("KILL");
      assertThat(sim.awaitExit()).isEqualTo(ExitCode.UNAVAILABLE.status());
      assertThat(sim.err().lines()).singleElement().asString().contains("ended by itself");
    }
  }
}
