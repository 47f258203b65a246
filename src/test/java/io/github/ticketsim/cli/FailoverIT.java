package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Outcome.Kind;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failovers of private Sentinels and clusters in the middle of a storm, and their verdicts. */
@Timeout(300)
class FailoverIT {
  private static final int STOCK = 20_000;

  /** How often each is tried. */
  private static final int TIMES = Integer.getInteger("times", 1);

  @TempDir private Path out;

  private CommandRun storm(String topology, String fault, int stock, String... options) {
    var arguments =
        Stream.of(
            "storm",
            "--embedded",
            "--topology=" + topology,
            "--fault=" + fault,
            "--out=" + out,
            "--stock=" + stock,
            "--threads=200",
            "--pool=16",
            "--purchases=" + 2 * stock / 200);
    return CommandRun.of(Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
  }

  /** What shows that a sale was undone: a ticket sold twice, or more taken than are missing. */
  private static boolean undone(History history) {
    var attempts = history.attempts();
    var tickets = new HashSet<Long>();
    var twice =
        IntStream.range(0, attempts.size())
            .filter(i -> attempts.kind(i) == Kind.SOLD || attempts.kind(i) == Kind.SOLD_OUT)
            .anyMatch(i -> !tickets.add(attempts.value(i)));
    var replied = attempts.count(Kind.SOLD) + attempts.count(Kind.SOLD_OUT);
    return twice || replied > STOCK - history.ending().settlement().left().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "cluster, failover@30%, CLUSTER FAILOVER made",
    "cluster, failover:force@30%, CLUSTER FAILOVER FORCE made",
    "cluster, failover:kill@30%, replica elected",
    "sentinel, failover@30%, SENTINEL FAILOVER promoted",
    "sentinel, failover:kill@30%, the Sentinels promoted its replica"
  })
  void theVerdictSaysWhetherAnAcknowledgedSaleWasUndone(
      String topology, String fault, String words) {
    for (var time = 0; time < TIMES; time++) {
      var run = storm(topology, fault, STOCK, "--timeout=15s");

      var history = Storms.latest(out);
      assertThat(history.faults())
          .singleElement()
          .satisfies(struck -> assertThat(struck.detail()).contains(words));
      assertThat(history.ending().settlement().settled())
          .as(history.ending().settlement().toString())
          .isTrue();
      var expected = undone(history) ? ExitCode.INVALID : ExitCode.VALID;
      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(expected.status());
      if (fault.startsWith("failover@") && topology.equals("cluster")) {
        run.assertQuiet(ExitCode.VALID);
      }
    }
  }

  /** A purchase that the other server has not got is never confirmed, whatever is undone. */
  @ParameterizedTest
  @CsvSource({"cluster, failover:force@30%", "sentinel, failover@30%"})
  void whatAReplicaConfirmedIsNotUndone(String topology, String fault) {
    for (var time = 0; time < TIMES; time++) {
      var run = storm(topology, fault, STOCK / 4, "--timeout=5s", "--wait-replicas=1");

      run.assertQuiet(ExitCode.VALID);
      assertThat(Storms.latest(out).faults()).hasSize(1);
    }
  }
}
