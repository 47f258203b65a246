package io.github.ticketsim.endure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * {@code HostileServers PORT KIND...}: one server a kind. {@code http-KIND} answers as {@link
 * HostileHttp}, {@code KIND-at-once} as {@link HostileRedis}, and {@code KIND-in-mid-sale} so after
 * the Redis at PORT has given some integers. Prints the port of each, and runs until it is killed.
 */
final class HostileServers {
  private static final int BACKLOG = 1_000;
  private static final int INTEGERS_BEFORE = 300;
  private static final String HTTP = "http-";
  private static final String LATE = "-in-mid-sale";
  private static final String EARLY = "-at-once";

  private HostileServers() {}

  public static void main(String[] arguments) throws Exception {
    var redis = Integer.parseInt(arguments[0]);
    for (var i = 1; i < arguments.length; i++) {
      listen(arguments[i], server(arguments[i], redis));
    }
    System.out.println("ready");
    Thread.currentThread().join();
  }

  private static HostileServer server(String kind, int redis) {
    return kind.startsWith(HTTP)
        ? new HostileHttp(kind.substring(HTTP.length()))
        : kind.endsWith(LATE)
            ? new HostileRedis(redis, kind.replace(LATE, ""), INTEGERS_BEFORE)
            : new HostileRedis(redis, kind.replace(EARLY, ""), 0);
  }

  private static void listen(String name, HostileServer server) throws IOException {
    var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    System.out.println(name + " " + listener.getLocalPort());
    Thread.ofVirtual().start(() -> accept(listener, server));
  }

  private static void accept(ServerSocket listener, HostileServer server) {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> server.serve(client));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
