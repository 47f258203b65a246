package io.github.ticketsim.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ticketsim.storm.PurchaseIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/**
 * {@code POST /buy} as one writes it with what the JDK and Jedis have: {@code REDIS_PORT KEY}. The
 * same answer as that of {@code serve}, without its records, limits and proofs.
 */
final class JdkServer {
  private static final int POOL = 64;
  private static final int BACKLOG = 1_024;

  private final RedisClient redis;
  private final String key;
  private final PurchaseIds ids = PurchaseIds.random();

  private JdkServer(RedisClient redis, String key) {
    this.redis = redis;
    this.key = key;
  }

  public static void main(String[] arguments) throws Exception {
    var host = InetAddress.getLoopbackAddress();
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(POOL);
    pool.setMaxIdle(POOL);
    var redis =
        RedisClient.builder()
            .hostAndPort(host.getHostAddress(), Integer.parseInt(arguments[0]))
            .poolConfig(pool)
            .build();
    var server = HttpServer.create(new InetSocketAddress(host, 0), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/buy", new JdkServer(redis, arguments[1])::buy);
    server.start();
    System.out.println("POST http://127.0.0.1:" + server.getAddress().getPort() + "/buy");
  }

  private void buy(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var sold = redis.decr(key) >= 0;
      var timestamp = System.currentTimeMillis();
      var body =
          "{\"id\":\""
              + ids.next(timestamp)
              + "\",\"timestamp\":"
              + timestamp
              + ",\"result\":\""
              + sold
              + "\"}";
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
