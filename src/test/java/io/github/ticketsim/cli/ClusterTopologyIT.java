package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms on a cluster of three primaries, each with a replica. */
@Timeout(120)
class ClusterTopologyIT {
  private static final int PRIMARIES = 3;

  @TempDir private static Path files;
  private static Servers servers;
  private static List<RedisServer> nodes;

  @TempDir private Path out;

  @BeforeAll
  static void start() throws Exception {
    servers = new Servers(files);
    nodes = servers.cluster(PRIMARIES, 1);
  }

  @AfterAll
  static void end() {
    servers.close();
  }

  /** The node that has the slot of the key, as it believes itself. */
  private static RedisServer owner() throws Exception {
    var slot = Servers.slot(nodes.getFirst(), LongStorm.KEY);
    for (var node : nodes) {
      if (node.isPrimary()
          && node.call("CLUSTER", "GETKEYSINSLOT", slot, "1").toString().contains(LongStorm.KEY)) {
        return node;
      }
    }
    throw new AssertionError("nobody has slot " + slot);
  }

  private static String id(RedisServer node) {
    return node.call("CLUSTER", "MYID").toString();
  }

  private CommandRun storm(String... options) {
    return CommandRun.of(Storms.arguments(out, Servers.clusterUri(nodes), options));
  }

  private LongStorm middleOfAStorm(String how) throws Exception {
    var stock = how.equals("--pipeline") ? 150_000 : 12_000;
    CommandRun.of("preload", "--redis", Servers.clusterUri(nodes), "--stock=" + stock)
        .assertQuiet(ExitCode.VALID);
    return LongStorm.start(out, owner(), Servers.clusterUri(nodes), stock, "--timeout=10s", how)
        .awaitMiddle();
  }

  private void assertNothingIsUnclear() {
    var attempts = Storms.latest(out).attempts();
    assertThat(attempts.count(Kind.FAILED)).as("failed").isZero();
    assertThat(attempts.count(Kind.INDETERMINATE)).as("indeterminate").isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pool=4",
        "--pipeline",
        "--strategy=lua",
        "--strategy=watch",
        "--strategy=list",
        "--key={sale}",
        "--fault=drop-reply:#7"
      })
  void sellsFromTheNodeThatHasTheKey(String how) {
    var run = storm("--stock=10", "--timeout=1s", "--format=text", how);
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("a cluster");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--strategy=decr", "--pipeline"})
  void followsAKeyThatIsMovedToAnotherNode(String how) throws Exception {
    var storm = middleOfAStorm(how);
    var from = owner();
    var to = nodes.stream().filter(n -> n.isPrimary() && n != from).findFirst().orElseThrow();
    var slot = Servers.slot(from, LongStorm.KEY);
    to.call("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    from.call("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    from.call("MIGRATE", "127.0.0.1", "" + to.port(), LongStorm.KEY, "0", "5000");
    var moved = to.commands("decr");
    Await.until("it sells by ASK", () -> to.commands("decr") > moved + 100);
    to.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    from.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    storm.awaitEnd().assertQuiet(ExitCode.VALID);
    assertNothingIsUnclear();
    assertThat(Storms.latest(out).ending().settlement().settled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--strategy=decr", "--pipeline"})
  void losesNothingInAFailoverThatBothSidesAgreeOn(String how) throws Exception {
    var storm = middleOfAStorm(how);
    var old = owner();
    var replica =
        nodes.stream()
            .filter(
                node ->
                    node.call("CLUSTER", "NODES")
                        .toString()
                        .lines()
                        .anyMatch(line -> line.contains("myself,slave " + id(old))))
            .findFirst()
            .orElseThrow();
    replica.call("CLUSTER", "FAILOVER");
    Await.until("the replica is the primary", replica::isPrimary);
    storm.awaitEnd().assertQuiet(ExitCode.VALID);
    assertThat(replica.counter(LongStorm.KEY)).isNegative();
  }

  @Test
  void refusesAScriptWhoseKeysLieInTwoSlots() throws Exception {
    var script = Files.writeString(out.resolve("buy.lua"), "return redis.call('DECR', KEYS[1])");
    storm("--script=" + script, "--keys=a,b", "--sold-if=reply>=0", "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "lie in slots", "one hash tag");
  }

  @Test
  void saysThatItIsNoCluster() throws Exception {
    var single = servers.start();
    CommandRun.of(Storms.arguments(out, "redis-cluster://127.0.0.1:" + single.port()))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "that is no cluster; write redis://");
  }

  @Test
  void saysThatNobodyServesTheSlot() throws Exception {
    var lonely = servers.start("--cluster-enabled", "yes", "--cluster-port", "0");
    CommandRun.of(Storms.arguments(out, "redis-cluster://127.0.0.1:" + lonely.port()))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "serve no slot", "CLUSTER ADDSLOTS");
  }

  @Test
  void saysThatTheAnnouncedAddressCannotBeReached() throws Exception {
    var nowhere = Integer.toString(Servers.freePort());
    var odd = servers.start("--cluster-enabled", "yes", "--cluster-announce-port", nowhere);
    odd.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    Await.until(
        "it serves", () -> odd.call("CLUSTER", "INFO").toString().contains("cluster_state:ok"));
    CommandRun.of(Storms.arguments(out, "redis-cluster://127.0.0.1:" + odd.port()))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "as the primary", "nobody listens there", "cluster-announce-ip");
  }
}
