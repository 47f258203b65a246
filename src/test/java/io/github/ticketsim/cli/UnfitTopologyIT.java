package io.github.ticketsim.cli;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sentinels and clusters that no sale can trust: every command says so before it sells. */
@Timeout(120)
class UnfitTopologyIT {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir private Path files;
  @TempDir private Path out;

  private Servers servers;

  @BeforeEach
  void open() {
    servers = new Servers(files);
  }

  @AfterEach
  void end() {
    servers.close();
  }

  private void assertRefused(String uri, String... words) {
    CommandRun.of("preload", "--redis=" + uri, "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, words);
    CommandRun.of(Storms.arguments(out, uri, "--stock=10"))
        .assertRefusedWith(ExitCode.UNAVAILABLE, words);
    CommandRun.of("serve", "--cold", "--port=0", "--out=" + out, "--redis=" + uri, "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, words);
  }

  @Test
  void aSentinelThatHearsNoneOfTheOthers() throws Exception {
    var primary = servers.start();
    servers.replica(primary);
    var sentinels = servers.sentinels(3, primary);
    servers.signal(sentinels.get(1), "STOP");
    servers.signal(sentinels.get(2), "STOP");
    var alone = sentinels.getFirst();
    Await.until("it notices", () -> deaf(alone));
    assertRefused(
        Servers.sentinelUri(List.of(alone)),
        "name 127.0.0.1:" + primary.port() + " as the primary",
        "the others may have chosen another: NOQUORUM 1 usable Sentinels;",
        "start the other Sentinels, or pass them too");
  }

  private static boolean deaf(RedisServer sentinel) {
    var others = sentinel.call("SENTINEL", "SENTINELS", Servers.SALE).toString();
    return others.split("s_down", -1).length > 2;
  }

  @Test
  void sentinelsThatDifferAndOneThatNamesAReplica() throws Exception {
    var primary = servers.start();
    var replica = servers.replica(primary);
    var sentinels = servers.sentinels(2, primary);
    var wrong = sentinels.get(1);
    wrong.call("SENTINEL", "REMOVE", Servers.SALE);
    wrong.call("SENTINEL", "MONITOR", Servers.SALE, LOOPBACK, "" + replica.port(), "1");
    assertRefused(
        Servers.sentinelUri(sentinels),
        "the Sentinels name different primaries: ",
        "127.0.0.1:" + primary.port(),
        "127.0.0.1:" + replica.port());
    assertRefused(
        Servers.sentinelUri(List.of(wrong)),
        "name redis://127.0.0.1:" + replica.port() + " as the primary, which is a replica",
        "wait for the end of the failover");
  }

  @Test
  void aNameThatTheSentinelsDoNotKnow() throws Exception {
    var primary = servers.start();
    servers.replica(primary);
    var uri = Servers.sentinelUri(servers.sentinels(1, primary));
    assertRefused(
        uri.replace("/" + Servers.SALE, "/shop"),
        "know no primary named shop",
        "name one that they know: " + Servers.SALE);
  }

  @Test
  void aPrimaryWithFewerReplicasThanMustConfirm() throws Exception {
    var primary = servers.start();
    servers.replica(primary);
    var sentinels = servers.sentinels(1, primary);
    var alone = servers.start("--cluster-enabled", "yes", "--cluster-port", "0");
    alone.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    Await.until(
        "it serves", () -> alone.call("CLUSTER", "INFO").toString().contains("cluster_state:ok"));
    var cure = "start the others, or lower --wait-replicas";

    CommandRun.of(Storms.arguments(out, Servers.sentinelUri(sentinels), "--wait-replicas=2"))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            primary.uri(),
            "it has 1 of the 2 replicas that --wait-replicas asks for",
            cure);
    CommandRun.of(Storms.arguments(out, Servers.clusterUri(List.of(alone)), "--wait-replicas=1"))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "it has 0 of the 1 replicas", cure);
  }

  @Test
  void aReplicaThatTakesWrites() throws Exception {
    var primary = servers.start();
    var replica = servers.replica(primary, "--replica-read-only", "no");
    assertRefused(
        replica.uri(),
        "this is a replica that takes writes (replica-read-only no), and loses them",
        "point --redis at its primary, redis://127.0.0.1:" + primary.port());
  }

  @Test
  void aClusterInWhichAnotherSlotIsServedByNobody() throws Exception {
    var node = servers.start("--cluster-enabled", "yes", "--cluster-port", "0");
    node.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
    assertRefused(
        "redis-cluster://127.0.0.1:" + node.port(),
        "CLUSTERDOWN The cluster is down",
        "CLUSTER INFO tells what it lacks");
  }

  @Test
  void aClusterNodeThatAnnouncesAnAddressWithoutAServer() throws Exception {
    var nowhere = Integer.toString(Servers.freePort());
    var node = servers.start("--cluster-enabled", "yes", "--cluster-announce-port", nowhere);
    node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    assertRefused(
        "redis-cluster://127.0.0.1:" + node.port(),
        "as the primary",
        "nobody listens there",
        "cluster-announce-ip");
  }
}
