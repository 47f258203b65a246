package io.github.ticketsim.stock.redis;

import io.github.ticketsim.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisExecProvider;

/** The bundled server, with the DEBUG command that it otherwise refuses. */
public final class DebuggableRedis implements AutoCloseable {
  private final Process process;
  private final RedisServer redis;

  private DebuggableRedis(Process process, RedisServer redis) {
    this.process = process;
    this.redis = redis;
  }

  /** Starts it on a free port, and waits until it answers. */
  public static DebuggableRedis start() throws Exception {
    var port = freePort();
    var process =
        new ProcessBuilder(
                RedisExecProvider.defaultProvider().get().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--enable-debug-command",
                "yes")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("Redis answers", () -> !process.isAlive() || RedisServer.listens(port));
    return new DebuggableRedis(process, RedisServer.at("redis://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public RedisServer redis() {
    return redis;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
