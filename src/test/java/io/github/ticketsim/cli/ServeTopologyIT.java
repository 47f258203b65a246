package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service on Sentinels and on a cluster, with a failover between its purchases. */
@Timeout(120)
class ServeTopologyIT {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir private Path files;
  @TempDir private Path folder;

  private Servers servers;

  @BeforeEach
  void open() {
    servers = new Servers(files);
  }

  @AfterEach
  void end() {
    servers.close();
  }

  /** Servers, of which the first two sell, one after the other. */
  private record Topology(
      String uri, String words, RedisServer old, RedisServer replica, RedisServer chooser) {}

  private Topology start(String name) throws Exception {
    if (name.equals("sentinel")) {
      var primary = servers.start();
      var replica = servers.replica(primary);
      var sentinels = servers.sentinels(3, primary);
      return new Topology(
          Servers.sentinelUri(sentinels),
          ", primary sale of a Sentinel",
          primary,
          replica,
          sentinels.getFirst());
    }
    var nodes = servers.cluster(3, 1);
    // The key of the stock lies in the last third of the slots.
    return new Topology(
        Servers.clusterUri(nodes), ", a cluster", nodes.get(2), nodes.get(5), nodes.get(5));
  }

  private void failOver(Topology topology, String how) throws Exception {
    Await.until(
        "the replica has all that was sold",
        () -> offset(topology.replica()).equals(offset(topology.old())));
    switch (how) {
      case "SENTINEL FAILOVER" -> topology.chooser().call("SENTINEL", "FAILOVER", Servers.SALE);
      case "CLUSTER FAILOVER" -> topology.chooser().call("CLUSTER", "FAILOVER");
      default -> servers.kill(topology.old());
    }
    Await.until("the replica is the primary", topology.replica()::isPrimary);
    if (how.equals("SENTINEL FAILOVER")) {
      // As the Sentinels tell it a few seconds later. Until then it sells what will be undone.
      topology.old().call("REPLICAOF", LOOPBACK, "" + topology.replica().port());
    }
  }

  private static String offset(RedisServer server) {
    var replication = server.call("INFO", "replication").toString();
    return replication.replaceAll("(?s).*master_repl_offset:([0-9]+).*", "$1");
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static int buy(HttpClient client, String url) throws Exception {
    var purchase = HttpRequest.newBuilder(URI.create(url + "/buy"));
    return send(client, purchase.POST(BodyPublishers.noBody())).statusCode();
  }

  private static void buy(HttpClient client, String url, int times) throws Exception {
    for (var i = 0; i < times; i++) {
      assertThat(buy(client, url)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sentinel, SENTINEL FAILOVER",
    "sentinel, kill",
    "cluster, CLUSTER FAILOVER",
    "cluster, kill"
  })
  void sellsOnAfterAFailoverAndNamesTheTopology(String name, String how) throws Exception {
    var topology = start(name);
    try (var sim =
            TicketSimProcess.start(
                folder,
                "serve",
                "--cold",
                "--redis=" + topology.uri(),
                "--stock=30",
                "--port=0",
                "--timeout=15s",
                "--format=text",
                "--out=" + folder.resolve("runs"));
        var client = HttpClient.newHttpClient()) {
      var url = sim.awaitUrl();
      buy(client, url, 20);
      failOver(topology, how);
      Await.until("it sells again", () -> buy(client, url) == 200);
      buy(client, url, 19);
      var records = send(client, HttpRequest.newBuilder(URI.create(url + "/records"))).body();
      assertThat(records.split("\"result\":\"true\"", -1)).as(records).hasSize(30 + 1);
      sim.signal("INT");
      assertThat(sim.awaitExit()).as(sim.out() + sim.err()).isEqualTo(ExitCode.VALID.status());
      assertThat(sim.out().replaceAll("\\s+", " "))
          .contains("sold 30 of 30 tickets")
          .contains(topology.words());
    }
    assertThat(topology.replica().counter(LongStorm.KEY)).isLessThanOrEqualTo(-10);
  }
}
