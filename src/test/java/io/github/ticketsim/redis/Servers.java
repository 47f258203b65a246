package io.github.ticketsim.redis;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import redis.embedded.RedisExecProvider;

/** Real servers of one test, each a process of its own: single ones, a cluster, Sentinels. */
public final class Servers implements AutoCloseable {
  /** What Sentinels call the primary that they watch. */
  public static final String SALE = "sale";

  private static final String HOST = "127.0.0.1";
  private static final int SLOTS = 16_384;

  private final Path folder;
  private final Map<Integer, Process> processes = new HashMap<>();

  /**
   * @param folder for their files
   */
  public Servers(Path folder) {
    this.folder = folder;
  }

  /** The program, which can be a Sentinel too. */
  public static Path executable() throws IOException {
    return RedisExecProvider.defaultProvider().get().toPath();
  }

  /** A port that nobody listens on. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a server on a free port, and waits until it listens. */
  public RedisServer start(String... options) throws Exception {
    return start(freePort(), List.of(), List.of(options));
  }

  private RedisServer start(int port, List<String> config, List<String> options) throws Exception {
    var data = Files.createDirectories(folder.resolve("redis-" + port));
    var command = new ArrayList<String>();
    command.add(executable().toString());
    if (!config.isEmpty()) {
      command.add(Files.write(data.resolve("sentinel.conf"), config).toString());
    }
    command.addAll(List.of("--port", Integer.toString(port), "--bind", HOST));
    command.addAll(List.of("--dir", data.toString(), "--save", ""));
    command.addAll(options);
    var log = data.resolve("log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    processes.put(port, process);
    Await.until("it listens", () -> !process.isAlive() || RedisServer.listens(port));
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(log.toPath()));
    }
    return RedisServer.at("redis://" + HOST + ":" + port);
  }

  /** Starts a replica of {@code primary}, and waits until it has all that the primary has. */
  public RedisServer replica(RedisServer primary, String... options) throws Exception {
    var replica = start(options);
    replica.call("REPLICAOF", HOST, Integer.toString(primary.port()));
    awaitLink(replica);
    return replica;
  }

  private static void awaitLink(RedisServer replica) throws Exception {
    Await.until(
        "it follows",
        () -> replica.call("INFO", "replication").toString().contains("master_link_status:up"));
  }

  /**
   * Starts Sentinels, and waits until each knows the others.
   *
   * @param config lines of their configuration beside those that name the primary
   */
  public List<RedisServer> sentinels(int number, RedisServer primary, String... config)
      throws Exception {
    var sentinels = new ArrayList<RedisServer>();
    for (var i = 0; i < number; i++) {
      var lines = new ArrayList<String>();
      lines.add(
          "sentinel monitor %s %s %d %d".formatted(SALE, HOST, primary.port(), number / 2 + 1));
      lines.add("sentinel down-after-milliseconds " + SALE + " 600");
      lines.add("sentinel failover-timeout " + SALE + " 2000");
      lines.addAll(List.of(config));
      sentinels.add(start(freePort(), lines, List.of("--sentinel")));
    }
    for (var sentinel : sentinels) {
      Await.until(
          "it knows the others",
          () -> {
            var master = master(sentinel);
            return master.contains("num-other-sentinels, " + (number - 1))
                && !master.contains("num-slaves, 0");
          });
    }
    return sentinels;
  }

  private static String master(RedisServer sentinel) {
    return sentinel.call("SENTINEL", "MASTER", SALE).toString();
  }

  /** How to reach what Sentinels watch, for {@code --redis}. */
  public static String sentinelUri(List<RedisServer> sentinels) {
    return "redis-sentinel://" + addresses(sentinels) + "/" + SALE;
  }

  /** How to reach a cluster, for {@code --redis}. */
  public static String clusterUri(List<RedisServer> nodes) {
    return "redis-cluster://" + addresses(nodes);
  }

  private static String addresses(List<RedisServer> servers) {
    return String.join(",", servers.stream().map(server -> HOST + ":" + server.port()).toList());
  }

  /**
   * Starts a cluster, primaries first, then their replicas in the same order, and waits until all
   * of it is well.
   */
  public List<RedisServer> cluster(int primaries, int replicas, String... options)
      throws Exception {
    var nodes = new ArrayList<RedisServer>();
    var busPorts = new ArrayList<String>();
    for (var i = 0; i < primaries * (1 + replicas); i++) {
      var bus = Integer.toString(freePort());
      var all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-port", bus));
      all.addAll(
          List.of("--cluster-node-timeout", "1000", "--cluster-replica-validity-factor", "0"));
      all.addAll(List.of(options));
      nodes.add(start(freePort(), List.of(), all));
      busPorts.add(bus);
    }
    for (var i = 0; i < nodes.size(); i++) {
      nodes.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      nodes.getFirst().call("CLUSTER", "MEET", HOST, "" + nodes.get(i).port(), busPorts.get(i));
    }
    for (var i = 0; i < primaries; i++) {
      var from = SLOTS * i / primaries;
      var to = SLOTS * (i + 1) / primaries - 1;
      nodes.get(i).call("CLUSTER", "ADDSLOTSRANGE", "" + from, "" + to);
    }
    awaitKnown(nodes, nodes.size());
    for (var i = primaries; i < nodes.size(); i++) {
      var primary = nodes.get(i % primaries).call("CLUSTER", "MYID").toString();
      nodes.get(i).call("CLUSTER", "REPLICATE", primary);
    }
    for (var replica : nodes.subList(primaries, nodes.size())) {
      awaitLink(replica);
    }
    for (var node : nodes) {
      Await.until(
          "it knows all replicas",
          () ->
              count(node.call("CLUSTER", "NODES").toString(), "slave") == nodes.size() - primaries);
    }
    return List.copyOf(nodes);
  }

  private static void awaitKnown(List<RedisServer> nodes, int number) throws Exception {
    for (var node : nodes) {
      Await.until(
          "it knows the others, and all slots",
          () -> {
            var info = node.call("CLUSTER", "INFO").toString();
            return info.contains("cluster_known_nodes:" + number)
                && info.contains("cluster_state:ok");
          });
    }
  }

  private static long count(String nodes, String role) {
    return nodes.lines().filter(line -> line.contains(role)).count();
  }

  private Process process(RedisServer server) {
    return Objects.requireNonNull(processes.get(server.port()));
  }

  /** Ends it as kill -9 does, and waits until nobody listens any more. */
  public void kill(RedisServer server) throws Exception {
    process(server).destroyForcibly().waitFor();
  }

  /** Stops it where it stands (STOP), or lets it go on (CONT). */
  public void signal(RedisServer server, String name) throws Exception {
    var pid = Long.toString(process(server).pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  /** Which slot a key has, for {@code CLUSTER SETSLOT}. */
  public static String slot(RedisServer node, String key) {
    return node.call("CLUSTER", "KEYSLOT", key).toString();
  }

  @Override
  public void close() {
    for (var process : processes.values()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
