package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies that lose or replace replies, at the addresses that Sentinels and clusters announce. */
@Timeout(120)
class MeddledTopologyIT {
  private static final int STOCK = 20;
  private static final int ATTEMPTS = 100;

  @TempDir private static Path files;
  private static Servers servers;
  private static RedisServer primary;
  private static RedisServer node;
  private static List<RedisServer> sentinels = List.of();

  @TempDir private Path out;

  @BeforeAll
  static void start() throws Exception {
    servers = new Servers(files);
    primary = servers.start();
    // No Sentinel may tell it to follow the proxy, which knows requests and replies alone.
    servers.replica(primary, "--rename-command", "SLAVEOF", "");
    node = servers.start("--cluster-enabled", "yes", "--cluster-port", "0");
    node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  }

  @AfterAll
  static void end() {
    servers.close();
  }

  private static RedisServer real(String topology) {
    return topology.equals("sentinel") ? primary : node;
  }

  /** How to find what sells behind {@code proxy}. */
  private static String uri(String topology, MeddlingProxy proxy) throws Exception {
    if (topology.equals("sentinel")) {
      // Those of other tests would find this one.
      for (var sentinel : sentinels) {
        servers.kill(sentinel);
      }
      var patience = "sentinel down-after-milliseconds " + Servers.SALE + " 600000";
      sentinels = servers.sentinels(1, RedisServer.at(proxy.uri()), patience);
      return Servers.sentinelUri(sentinels);
    }
    node.call("CONFIG", "SET", "cluster-announce-port", "" + proxy.port());
    Await.until(
        "it announces the proxy, and serves",
        () ->
            node.call("CLUSTER", "SLOTS").toString().contains("" + proxy.port())
                && node.call("CLUSTER", "INFO").toString().contains("cluster_state:ok"));
    return "redis-cluster://127.0.0.1:" + node.port();
  }

  private CommandRun storm(String uri, String how) {
    return CommandRun.of(
        Storms.arguments(
            out, uri, "--stock=" + STOCK, "--purchases=" + ATTEMPTS / 20, "--timeout=1s", how));
  }

  /** What the server has executed, whatever it says of it. */
  private static long executed(String topology) {
    return STOCK - real(topology).counter(LongStorm.KEY);
  }

  private static int replies(History history) {
    return history.attempts().count(Kind.SOLD) + history.attempts().count(Kind.SOLD_OUT);
  }

  @ParameterizedTest
  @CsvSource({
    "sentinel, --pool=4",
    "sentinel, --pipeline",
    "cluster, --pool=4",
    "cluster, --pipeline"
  })
  void oneLostReplyIsOneExecutionOfUnknownFate(String topology, String how) throws Exception {
    try (var proxy = MeddlingProxy.losing(real(topology).port(), "DECR", 12)) {
      var before = real(topology).commands("decr");
      storm(uri(topology, proxy), how).assertQuiet(ExitCode.VALID);

      var history = Storms.latest(out);
      assertThat(proxy.meddled()).isEqualTo(1);
      assertThat(executed(topology)).isEqualTo(replies(history) + 1);
      assertThat(real(topology).commands("decr") - before)
          .as("the preflight discards one")
          .isEqualTo(executed(topology));
      assertThat(history.attempts().count(Kind.FAILED)).isZero();
      assertThat(replies(history) + history.attempts().count(Kind.INDETERMINATE))
          .isEqualTo(ATTEMPTS);
      if (how.equals("--pool=4")) {
        assertThat(executed(topology)).isEqualTo(ATTEMPTS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sentinel, --pool=4, -ERR upstream failure",
    "sentinel, --pipeline, -BUSY upstream is overloaded",
    "sentinel, --pool=4, :many",
    "cluster, --pool=4, -BUSY upstream is overloaded",
    "cluster, --pipeline, -ERR upstream failure",
    "cluster, --pool=4, -MOVED to another place",
    "cluster, --pipeline, ?!",
    "sentinel, --pool=4, -LOADING upstream",
    "sentinel, --pipeline, -MOVED 15707 127.0.0.1:1",
    "cluster, --pool=4, -MOVED 15707 HERE",
    "cluster, --pipeline, -ASK 15707 HERE",
    "cluster, --pipeline, -READONLY upstream is in maintenance",
  })
  void whatAProxySaysOfAnExecutedPurchaseProvesNothing(String topology, String how, String line)
      throws Exception {
    var words = new AtomicReference<>(line);
    try (var proxy = MeddlingProxy.answering(real(topology).port(), "DECR", 60, words::get)) {
      words.set(line.replace("HERE", proxy.address()));
      storm(uri(topology, proxy), how).assertQuiet(ExitCode.VALID);

      var attempts = Storms.latest(out).attempts();
      assertThat(proxy.meddled()).isEqualTo(1);
      assertThat(attempts.count(Kind.FAILED)).isZero();
      assertThat(attempts.count(Kind.INDETERMINATE))
          .isBetween(1, how.equals("--pipeline") ? 20 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--pool=4, MOVED 15707",
    "--pool=4, ASK 15707",
    "--pipeline, MOVED 15707",
    "--pipeline, ASK 15707",
  })
  void whoIsSentInCirclesGivesUp(String how, String redirection) throws Exception {
    var port = node.port();
    var back = new AtomicReference<>("");
    try (var other = MeddlingProxy.redirecting(port, "DECR", 1, back::get);
        var proxy =
            MeddlingProxy.redirecting(
                port, "DECR", 9, () -> "-" + redirection + " " + other.address())) {
      back.set("-" + redirection + " " + proxy.address());
      var run = storm(uri("cluster", proxy), how);

      assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.UNKNOWN.status());
      var history = Storms.latest(out);
      assertThat(executed("cluster")).isEqualTo(replies(history)).isPositive();
      assertThat(history.attempts().count(Kind.INDETERMINATE)).isZero();
      assertThat(proxy.meddled() + other.meddled())
          .as("so often was each of the others sent at most")
          .isLessThanOrEqualTo(11 * history.attempts().count(Kind.FAILED));
    }
  }
}
