package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a storm says to a Redis that is no standalone primary, or that is guarded. */
@Timeout(120)
class RedisKindIT {

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @TempDir private Path folder;

  private final List<Process> servers = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (var server : servers) {
      server.destroyForcibly().waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return listener.getLocalPort();
    }
  }

  /** Starts another server of the same program, and waits until it listens. */
  private RedisServer start(String... options) throws Exception {
    var port = freePort();
    var command = new ArrayList<String>();
    command.add(REDIS.executable().toString());
    var sentinel = List.of(options).contains("--sentinel");
    if (sentinel) {
      command.add(Files.createFile(folder.resolve("sentinel.conf")).toString());
    }
    command.addAll(List.of("--port", Integer.toString(port)));
    var data = Files.createTempDirectory(folder, "redis").toString();
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", data));
    command.addAll(List.of(options));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log" + port).toFile())
            .start();
    servers.add(process);
    Await.until("it listens", () -> !process.isAlive() || RedisServer.listens(port));
    return RedisServer.at("redis://127.0.0.1:" + port);
  }

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(Storms.arguments(folder.resolve("runs"), uri, options));
  }

  private RedisServer clusterNode() throws Exception {
    return start("--cluster-enabled", "yes", "--cluster-port", Integer.toString(freePort()));
  }

  private static String port(RedisServer server) {
    return Integer.toString(server.port());
  }

  private static boolean clusterIsUp(RedisServer node) {
    return node.call("CLUSTER", "INFO").toString().contains("cluster_state:ok");
  }

  @Test
  void namesTheNodeOfAClusterThatHasTheKey() throws Exception {
    var owner = clusterNode();
    var other = clusterNode();
    owner.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    other.call("CLUSTER", "MEET", "127.0.0.1", port(owner), busPort(owner));
    Await.until("the other node knows the owner of each slot", () -> clusterIsUp(other));

    storm(other.uri(), "--stock", "10")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "MOVED", "pass --redis redis://127.0.0.1:" + port(owner));
    storm(owner.uri(), "--stock", "10").assertQuiet(ExitCode.VALID);
  }

  /** As a node shows itself: address, port and the port of the cluster's bus. */
  private static String busPort(RedisServer node) {
    var line = node.call("CLUSTER", "NODES").toString();
    return line.substring(line.indexOf('@') + 1).split("[ ,]", 2)[0];
  }

  @Test
  void saysThatAClusterHasOneDatabaseAlone() throws Exception {
    storm(clusterNode().uri() + "/1", "--stock", "10")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "SELECT is not allowed", "leave the database out of --redis");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/3"})
  void namesThePrimaryOfASentinel(String database) throws Exception {
    var sentinel = start("--sentinel");
    sentinel.call("SENTINEL", "MONITOR", "shop", "127.0.0.1", port(REDIS), "1");

    var uri = sentinel.uri() + database;
    for (var option : List.of("--stock=10", "--key=shop")) {
      storm(uri, option)
          .assertRefusedWith(
              ExitCode.UNAVAILABLE, "this is a Sentinel", "--redis", REDIS.uri() + " (shop)");
    }
    CommandRun.of("preload", "--redis", uri, "--stock", "1")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "this is a Sentinel", REDIS.uri());
  }

  @Test
  void saysThatAPasswordIsTooMuch() {
    storm(REDIS.uri(":s3cret"))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "leave the password out of --redis");
  }

  @Test
  void saysThatThereAreFewerDatabases() {
    storm(REDIS.uri() + "/99")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "out of range", "lower the database in --redis");
  }

  @Test
  void saysWhichReplicasAreMissing() {
    REDIS.call("CONFIG", "SET", "min-replicas-to-write", "1");
    try {
      storm(REDIS.uri(), "--stock", "10")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "NOREPLICAS", "min-replicas-to-write");
    } finally {
      REDIS.call("CONFIG", "SET", "min-replicas-to-write", "0");
    }
  }

  @Test
  void saysThatACommandWasRenamedAway() throws Exception {
    var renamed = start("--rename-command", "EVALSHA", "");
    storm(renamed.uri(), "--stock", "10", "--strategy", "lua")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "unknown command", "strategy lua needs it", "rename-command");
    assertThat(renamed.call("EXISTS", "ticket:stock")).isEqualTo(0L);
  }
}
