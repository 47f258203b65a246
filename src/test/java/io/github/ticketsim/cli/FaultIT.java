package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What faults do to a sale, and what the verdict makes of it. */
@Timeout(300)
class FaultIT {
  private static final int STOCK = 1_000;
  private static final int BUYERS = 5_000;

  @TempDir private Path out;

  private CommandRun storm(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "storm",
                    "--embedded",
                    "--out=" + out,
                    "--stock=" + STOCK,
                    "--threads=" + BUYERS),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private History history() {
    return Storms.latest(out);
  }

  private int count(Kind kind) {
    return history().attempts().count(kind);
  }

  private long left() {
    return history().ending().settlement().left().orElseThrow();
  }

  private static List<Long> commands(History history) {
    return history.faults().stream().map(fault -> fault.command().orElseThrow()).sorted().toList();
  }

  private Fault onlyFault() {
    assertThat(history().faults()).hasSize(1);
    return history().faults().getFirst();
  }

  @Test
  void droppedRepliesAreResolvedByWhatIsLeft() {
    var run = storm("--fault=drop-reply:1%", "--timeout=500ms");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).startsWith("VALID: sold 1,000 of 1,000 tickets");
    // Redis executed every one of them: what was sold and not confirmed went to these.
    assertThat(left()).isEqualTo(STOCK - BUYERS);
    assertThat(count(Kind.INDETERMINATE)).isPositive().isEqualTo(history().faults().size());
    assertThat(run.out())
        .containsPattern(
            "indeterminate +%d  of which %d took a ticket"
                .formatted(count(Kind.INDETERMINATE), STOCK - count(Kind.SOLD)));
  }

  @Test
  void resetCommandsAreExecuted() {
    storm("--fault=reset:1%").assertQuiet(ExitCode.VALID);

    assertThat(left()).isEqualTo(STOCK - BUYERS);
    assertThat(count(Kind.INDETERMINATE)).isPositive().isEqualTo(history().faults().size());
  }

  @Test
  void cutRequestsAreNeverExecutedAndNeverSold() {
    var run = storm("--fault=cut-request:1%");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).startsWith("VALID: sold 1,000 of 1,000 tickets");
    var cut = history().faults().size();
    assertThat(cut).isPositive();
    assertThat(count(Kind.INDETERMINATE) + count(Kind.FAILED)).isEqualTo(cut);
    assertThat(left()).isEqualTo(STOCK - BUYERS + cut);
  }

  @Test
  void delayedCommandsOnlyTakeLonger() {
    storm("--fault=delay:1%:5ms").assertQuiet(ExitCode.VALID);

    assertThat(history().faults()).isNotEmpty();
    assertThat(count(Kind.SOLD) + count(Kind.SOLD_OUT)).isEqualTo(BUYERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-reply:#17", "reset:#17", "cut-request:#17"})
  void oneCommandCanBeHit(String fault) {
    storm("--fault=" + fault, "--timeout=500ms").assertQuiet(ExitCode.VALID);

    assertThat(onlyFault().command()).hasValue(17);
    assertThat(onlyFault().fault()).isEqualTo(fault);
    assertThat(count(Kind.INDETERMINATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-reply:#17", "reset:#17", "cut-request:#17"})
  void oneCommandOnASharedConnectionTakesOthersWithIt(String fault) {
    var run = storm("--pipeline", "--fault=" + fault, "--timeout=500ms");

    run.assertQuiet(ExitCode.VALID);
    assertThat(onlyFault().command()).hasValue(17);
    assertThat(count(Kind.INDETERMINATE)).isBetween(1, 1_024);
    assertThat(count(Kind.FAILED)).isZero();
    assertThat(run.out()).startsWith("VALID: sold 1,000 of 1,000 tickets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decr", "lua"})
  void sharedConnectionsLoseNothingThatIsOnFileEither(String strategy) {
    storm(
            "--pipeline",
            "--strategy=" + strategy,
            "--purchases=4",
            "--fault=kill@5%",
            "--persistence=everysec",
            // Who waits longer than this for a connection fails: all in the queue at once.
            "--timeout=60s")
        .assertQuiet(ExitCode.VALID);

    assertThat(onlyFault().atNanos()).isPresent();
    // Both connections died, and were replaced.
    assertThat(count(Kind.INDETERMINATE)).isBetween(0, 2 * 1_024);
    assertThat(count(Kind.SOLD_OUT)).isGreaterThan(BUYERS);
  }

  @Test
  void sharedConnectionsHideNoFailover() {
    var run = storm("--pipeline", "--purchases=20", "--fault=failover@1%");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.text()).containsPattern("values stepped back up.* undone");
  }

  @Test
  void buyersOnSharedConnectionsOutliveAPause() {
    var run = storm("--pipeline", "--purchases=20", "--fault=pause@5%:1s", "--timeout=500ms");

    assertThat(run.status()).isEqualTo(ExitCode.VALID.status());
    assertThat(history().attempts().size()).isEqualTo(20 * BUYERS);
    assertThat(count(Kind.INDETERMINATE)).isPositive();
  }

  @Test
  void theSameSeedHitsTheSameCommands() {
    storm("--fault=delay:1%:1ms", "--seed=42").assertQuiet(ExitCode.VALID);
    var first = history();
    var run = storm("--fault=delay:1%:1ms", "--seed=42");

    run.assertQuiet(ExitCode.VALID);
    assertThat(commands(history())).isEqualTo(commands(first)).isNotEmpty();
    assertThat(run.out()).contains("seed 42");
  }

  @Test
  void faultsOnTheWireWorkOnAnyRedis() {
    try (var redis = RedisServer.any()) {
      CommandRun.of(
              Storms.arguments(
                  out, redis.uri(), "--stock=10", "--fault=cut-request:#3", "--fault=reset:#99"))
          .assertQuiet(ExitCode.VALID);

      assertThat(history().faults())
          .satisfiesExactly(
              cut -> assertThat(cut.command()).hasValue(3),
              reset -> {
                assertThat(reset.fault()).isEqualTo("reset:#99");
                assertThat(reset.atNanos()).isEmpty();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"everysec", "always"})
  void theDeathOfTheProcessLosesNothingThatIsOnFile(String persistence) {
    var run = storm("--fault=kill@5%", "--persistence=" + persistence);

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).startsWith("VALID: sold 1,000 of 1,000 tickets");
    assertThat(onlyFault().detail()).contains("killed and restarted, with its append-only file");
    assertThat(count(Kind.INDETERMINATE)).isPositive();
  }

  @Test
  void aRestartWithoutPersistenceWithholdsTickets() {
    var run = storm("--fault=kill@5%");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.text()).startsWith("INVALID: ").containsPattern("broken: .*undersell");
    assertThat(run.text())
        .contains("likely cause: the counter jumped", "restarted without its data");
  }

  @Test
  void aLossOfPowerSellsTicketsAgain() {
    var run = storm("--fault=power-loss@5%", "--persistence=everysec");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.text()).containsPattern("broken: [^;]*duplicate ticket");
    assertThat(run.text()).containsPattern("values stepped back up.* undone");
  }

  @Test
  void aLossOfPowerLosesNothingThatIsForcedToTheDisk() {
    var run = storm("--fault=power-loss@5%", "--persistence=always");

    run.assertQuiet(ExitCode.VALID);
    assertThat(onlyFault().detail()).contains("lost power").doesNotContain("cut back");
  }

  @Test
  void aFailoverUndoesWhatTheReplicaNeverGot() {
    var run = storm("--fault=failover@5%");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.text()).containsPattern("broken: [^;]*duplicate ticket");
    assertThat(run.text()).containsPattern("values stepped back up.* undone");
  }

  @Test
  void aFailoverUndoesNothingThatAReplicaConfirmed() {
    var run = storm("--fault=failover@5%", "--wait-replicas=1");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).startsWith("VALID: sold 1,000 of 1,000 tickets").contains("1 replica");
    assertThat(onlyFault().detail()).contains("replica promoted");
    assertThat(count(Kind.INDETERMINATE)).isPositive();
  }

  @Test
  void aPauseLongerThanTheTimeoutInventsNothing() {
    var run = storm("--fault=pause@5%:3s", "--timeout=1s");

    run.assertQuiet(ExitCode.VALID);
    assertThat(count(Kind.INDETERMINATE)).isPositive();
    assertThat(onlyFault().detail()).contains("stood still");
  }

  @Test
  void severalStrategiesEachHaveTheirFaults() {
    var run = storm("--strategy=decr,list", "--fault=failover@5%", "--format=json");

    run.assertQuiet(ExitCode.INVALID);
    assertThat(run.out().split("replica promoted", -1)).hasSize(3);
  }

  @Test
  void aFaultThatComesTooLateIsReported() {
    var run = storm("--fault=kill@1h");

    run.assertQuiet(ExitCode.VALID);
    assertThat(onlyFault().atNanos()).isEmpty();
    assertThat(run.text()).containsPattern("kill@1h +never struck: the storm was over before");
  }
}
