package io.github.ticketsim.cli;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Sentinel that alone decides which Redis is the primary. */
final class Sentinel implements AutoCloseable {
  private static final String SALE = "sale";

  private final Process process;
  private final RedisServer commands;

  private Sentinel(Process process, RedisServer commands) {
    this.process = process;
    this.commands = commands;
  }

  /**
   * Starts one, and waits until it knows a replica.
   *
   * @param executable of a Redis
   * @param folder for its files
   * @param primary the port of the primary to watch
   */
  static Sentinel start(Path executable, Path folder, int primary) throws Exception {
    var port = freePort();
    var config =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            """
            port %1$d
            bind 127.0.0.1
            sentinel monitor %2$s 127.0.0.1 %3$d 1
            sentinel down-after-milliseconds %2$s 600000
            """
                .formatted(port, SALE, primary));
    var process =
        new ProcessBuilder(executable.toString(), config.toString(), "--sentinel")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("it answers", () -> !process.isAlive() || RedisServer.listens(port));
    var sentinel = new Sentinel(process, RedisServer.at("redis://127.0.0.1:" + port));
    Await.until("it knows the replica", sentinel::knowsReplica);
    return sentinel;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean knowsReplica() {
    var replicas = commands.call("SENTINEL", "REPLICAS", SALE).toString();
    return replicas.contains("flags, slave,") && replicas.contains("master-link-status, ok");
  }

  /** Makes the replica the primary, though nothing is wrong with the primary. */
  void failOver() {
    commands.call("SENTINEL", "FAILOVER", SALE);
  }

  /** Makes the replica the primary as soon as the primary is silent. Until then it is patient. */
  void failOverOnSilence() {
    commands.call("SENTINEL", "SET", SALE, "down-after-milliseconds", "300");
  }

  /** Ends it, so that the old primary is never told. */
  void end() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end();
  }
}
