package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Verifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole self-test, on a Redis of its own. */
@Timeout(300)
class SelftestIT {

  @TempDir private Path folder;

  @Test
  void soundStrategiesPassAndBrokenOnesAreCaught() {
    var run = CommandRun.of("selftest");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.outLines().getFirst()).startsWith("PASSED: ");
    for (var strategy : RedisStrategy.known()) {
      assertThat(run.out())
          .containsPattern(
              strategy.sound()
                  ? "(?m)^  pass  " + strategy + " +VALID in 5 of 5 runs$"
                  : "(?m)^  pass  " + strategy + " +caught in [0-9]+ of [0-9]+ runs");
    }
  }

  @Test
  void aStrategyThatWasToBeCaughtAndSellsSoundlyFails() {
    var run =
        SelftestCommandTest.of(
            new SelftestCommand(
                Verifier::verify, strategy -> strategy.sound() && strategy != RedisStrategy.DECR));

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out())
        .startsWith("FAILED: ")
        .containsPattern("(?m)^  FAIL  decr +caught in 0 of 20 runs")
        .containsPattern("(?m)^  pass  lua +VALID in 5 of 5 runs$");
  }

  @Test
  void aStrategyThatWasToSellSoundlyAndOversellsFails() {
    var run = SelftestCommandTest.of(new SelftestCommand(Verifier::verify, _ -> true));

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out()).containsPattern("(?m)^  FAIL  get-set +VALID in [0-4] of 5 runs$");
  }

  @Test
  void anInterruptEndsItWithWhatWasSeenSoFar() throws Exception {
    try (var sim = TicketSimProcess.start(folder, "selftest")) {
      var port = sim.awaitRedis();
      var redis = RedisServer.at("redis://127.0.0.1:" + port);
      Await.until("the storms have begun", () -> redis.call("EXISTS", "ticket:stock").equals(1L));
      sim.signal("INT");

      assertThat(sim.awaitExit()).as(sim.err()).isEqualTo(ExitCode.INTERRUPTED.status());
      sim.awaitRedisGone(port);
      assertThat(sim.out()).startsWith("INTERRUPTED: ").contains("  pass  ");
    }
  }
}
