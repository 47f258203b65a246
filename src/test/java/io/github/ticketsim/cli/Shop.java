package io.github.ticketsim.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A sound shop that knows customers, items, quantities and keys, and remembers what it was sent.
 */
final class Shop implements AutoCloseable {
  private static final Pattern PURCHASE =
      Pattern.compile("\"user\":(\\d+),\"sku\":\"(.*?)\",\"quantity\":(\\d+)");
  private static final Pattern NAME = Pattern.compile("\"name\":\"(.*?)\"");

  private final HttpServer server;
  private final Map<String, Integer> left = new HashMap<>();
  private final Map<String, Integer> bought = new HashMap<>();
  private final Map<String, String> byKey = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();
  private final List<String> orders = new ArrayList<>();
  private final int limit;

  /** What came, in no particular order. */
  final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  /** A request as it came. */
  record Request(String line, String authorization, String key, String body) {}

  Shop(int stock, int limit, String... items) throws IOException {
    this.limit = limit;
    List.of(items).forEach(item -> left.put(item, stock));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Request> requests(String line) {
    return requests.stream().filter(request -> request.line().startsWith(line)).toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    var path = exchange.getRequestURI().toString();
    requests.add(
        new Request(
            exchange.getRequestMethod() + " " + path,
            String.valueOf(headers.getFirst("Authorization")),
            String.valueOf(headers.getFirst("Idempotency-Key")),
            body));
    var parts = exchange.getRequestURI().getPath().split("/", -1);
    String reply;
    synchronized (this) {
      reply =
          switch (parts[1]) {
            case "login" -> login(body);
            case "orders" ->
                parts.length > 2
                    ? state(parts[2])
                    : once(headers.getFirst("Idempotency-Key"), body);
            case "later" -> later(body);
            case "never" -> "202 {\"id\":\"o-never\"}";
            case "stock" -> "200 {\"available\":%d}".formatted(left.getOrDefault(parts[2], -1));
            case "sold" -> "200 {\"orders\":[" + String.join(",", orders) + "]}";
            case "lines" -> "200 " + String.join("\n", orders);
            default -> "404 {}";
          };
    }
    send(exchange, Integer.parseInt(reply.substring(0, 3)), reply.substring(4));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String login(String body) {
    var name = NAME.matcher(body);
    return name.find()
        ? "200 {\"data\":{\"access\":\"tok-%s\"}}".formatted(name.group(1))
        : "401 {}";
  }

  private String once(String key, String body) {
    return key == null ? buy(body) : byKey.computeIfAbsent(key, _ -> buy(body));
  }

  private String buy(String body) {
    var purchase = PURCHASE.matcher(body);
    if (!purchase.find()) {
      return "400 {}";
    }
    var quantity = Integer.parseInt(purchase.group(3));
    if (bought.getOrDefault(purchase.group(1), 0) + quantity > limit) {
      return "409 {\"error\":\"already-purchased\"}";
    }
    if (left.getOrDefault(purchase.group(2), 0) < quantity) {
      return "409 {\"error\":\"sold-out\"}";
    }
    bought.merge(purchase.group(1), quantity, Integer::sum);
    var after = left.merge(purchase.group(2), -quantity, Integer::sum);
    var id = "o-" + orders.size();
    orders.add(
        "{\"id\":\"%s\",\"customer\":%s,\"item\":\"%s\",\"quantity\":%d}"
            .formatted(id, purchase.group(1), purchase.group(2), quantity));
    return "201 {\"id\":\"%s\",\"left\":%d}".formatted(id, after);
  }

  /** Decided at once, and told when it is asked for the second time. */
  private String later(String body) {
    var decided = buy(body);
    var id = "l-" + states.size();
    states.put(id, decided.startsWith("201") ? "PAID" : "REJECTED");
    return "202 {\"id\":\"%s\"}".formatted(id);
  }

  private String state(String id) {
    var state = asked.merge(id, 1, Integer::sum) < 2 ? "PENDING" : states.get(id);
    return "200 {\"status\":\"%s\"}".formatted(state);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
