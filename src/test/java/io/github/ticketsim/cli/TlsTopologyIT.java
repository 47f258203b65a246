package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutual TLS with a private CA, and a login on every hop, to Sentinels and clusters. */
@Timeout(120)
class TlsTopologyIT {
  @TempDir private static Path files;
  private static Path keys;
  private static Path old;

  @TempDir private Path out;
  @TempDir private Path data;

  private Servers servers;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = made("shop");
    old = made("old");
    TlsGate.sign(old, keys, "-startdate", "-3d", "-validity", "2");
  }

  private static Path made(String name) throws Exception {
    var store = TlsGate.keys(files, name);
    TlsGate.writePem(store, files.resolve(name + ".pem"), files.resolve(name + ".key"));
    return store;
  }

  @BeforeEach
  void open() {
    servers = new Servers(data);
  }

  @AfterEach
  void end() {
    servers.close();
  }

  private static List<String> tls() {
    return List.of(
        "--tls-ca=" + files.resolve("shop.pem"),
        "--tls-cert=" + files.resolve("shop.pem"),
        "--tls-key=" + files.resolve("shop.key"),
        "--tls-name=localhost");
  }

  private void assertSells(String uri, String words) {
    assertThat(preload(uri).status()).isEqualTo(ExitCode.VALID.status());
    for (var how : List.of("--pool=4", "--pipeline")) {
      var options = new ArrayList<>(tls());
      Collections.addAll(options, "--stock=10", "--timeout=10s", "--format=text", how);
      var run = CommandRun.of(Storms.arguments(out, uri, options.toArray(String[]::new)));
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.text()).contains(words);
      var report = CommandRun.of("report", "--format=text", "--out=" + out);
      assertThat(report.out()).isEqualTo(run.out());
    }
  }

  private static CommandRun preload(String uri) {
    var arguments = new ArrayList<>(List.of("preload", "--redis=" + uri, "--stock=7"));
    arguments.addAll(tls());
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** A primary that is announced as {@code gate}, and the Sentinel that announces it. */
  private RedisServer sentinel(TlsGate gate, RedisServer primary) throws Exception {
    primary.call("ACL", "SETUSER", "anna", "on", ">buy", "~*", "+@all");
    servers.replica(primary);
    var patience = "sentinel down-after-milliseconds " + Servers.SALE + " 600000";
    var announced = RedisServer.at("redis://127.0.0.1:" + gate.port());
    var sentinel = servers.sentinels(1, announced, patience).getFirst();
    sentinel.call("ACL", "SETUSER", "eve", "on", ">ask", "+auth", "+client", "+sentinel|master");
    sentinel.call("ACL", "SETUSER", "default", "off");
    return sentinel;
  }

  private static String uri(TlsGate sentinel) {
    return "rediss-sentinel://anna:buy@127.0.0.1:%d/%s?sentinel-user=eve&sentinel-password=ask"
        .formatted(sentinel.port(), Servers.SALE);
  }

  @Test
  void sellsWithALoginAtTheSentinelAndAnotherAtThePrimary() throws Exception {
    var primary = servers.start();
    try (var gate = TlsGate.besidePlain(primary.port(), keys);
        var asked = TlsGate.to(sentinel(gate, primary).port(), keys, "TLSv1.3")) {
      assertSells(uri(asked), "primary sale of a Sentinel");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sentinel", "primary"})
  void saysWhoseCertificateExpired(String whose) throws Exception {
    var primary = servers.start();
    try (var gate = TlsGate.besidePlain(primary.port(), whose.equals("primary") ? old : keys);
        var asked =
            TlsGate.to(
                sentinel(gate, primary).port(), whose.equals("sentinel") ? old : keys, "TLSv1.3")) {
      preload(uri(asked)).assertRefusedWith(ExitCode.UNAVAILABLE, "expired on", "renew it");
    }
  }

  @Test
  void sellsAtANodeThatAnnouncesAPortWithTls() throws Exception {
    var node = servers.start("--cluster-enabled", "yes", "--cluster-port", "0");
    node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    node.call("ACL", "SETUSER", "anna", "on", ">buy", "~*", "+@all");
    try (var gate = TlsGate.to(node.port(), keys, "TLSv1.3")) {
      node.call("CONFIG", "SET", "cluster-announce-port", "" + gate.port());
      Await.until(
          "it serves", () -> node.call("CLUSTER", "INFO").toString().contains("cluster_state:ok"));
      assertSells("rediss-cluster://anna:buy@127.0.0.1:" + gate.port(), "a cluster");
    }
  }

  /** Three primaries, each announced as its gate; buyers with a key of their own each time. */
  @Test
  void servesOnAClusterUnderLoadAndNamesItInTheReport() throws Exception {
    var nodes = servers.cluster(3, 0);
    var gates = new ArrayList<TlsGate>();
    try (var crowd = new Crowd()) {
      for (var node : nodes) {
        node.call("ACL", "SETUSER", "anna", "on", ">buy", "~*", "+@all");
        gates.add(TlsGate.to(node.port(), keys, "TLSv1.3"));
        node.call("CONFIG", "SET", "cluster-announce-port", "" + gates.getLast().port());
      }
      for (var node : nodes) {
        Await.until("it knows the gates of the others", () -> announces(node, gates));
      }
      var arguments = new ArrayList<>(tls());
      var login = Files.writeString(out.resolve("password"), "buy");
      var first = gates.getFirst().port();
      Collections.addAll(arguments, "--redis=rediss-cluster://anna@127.0.0.1:" + first);
      Collections.addAll(arguments, "--password-file=" + login, "--stock=100", "--port=0");
      Collections.addAll(arguments, "--cold", "--format=text", "--out=" + out, "--timeout=15s");
      arguments.addFirst("serve");
      try (var sim = TicketSimProcess.start(out, arguments.toArray(String[]::new))) {
        crowd.buy(sim.awaitUrl());
        Await.until("more came than there are tickets", () -> crowd.decided.size() > 200);
        crowd.stop();
        sim.signal("INT");
        assertThat(sim.awaitExit()).as(sim.out() + sim.err()).isEqualTo(ExitCode.VALID.status());
        assertThat(sim.out()).contains("sold 100 of 100 tickets", ", a cluster, POST /buy");
      }
      assertThat(crowd.odd).isEmpty();
      assertThat(crowd.unknown).isEmpty();
    } finally {
      for (var gate : gates) {
        gate.close();
      }
    }
  }

  private static boolean announces(RedisServer node, List<TlsGate> gates) {
    var known = node.call("CLUSTER", "NODES").toString();
    return gates.stream().allMatch(gate -> known.contains("127.0.0.1:" + gate.port() + "@"));
  }
}
