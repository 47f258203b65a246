package io.github.ticketsim.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ticketsim.cli.ShopShape.Answer;
import io.github.ticketsim.cli.ShopShape.Receipt;
import io.github.ticketsim.cli.ShopShape.Request;
import io.github.ticketsim.cli.ShopShape.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A shop of any shape, sound or with one defect. Each defect shows in every storm: purchases that
 * have to race wait for each other in pairs, and the others wait for them. So a race needs a
 * connection for each buyer.
 */
final class AnyShop implements AutoCloseable {
  private static final long MOST_WAIT_SECONDS = 30;

  /** In place of a reply. */
  private static final String LOST = "";

  /** Pairs of purchases that lose an update; more tickets than one purchase may leave over. */
  private static final int MOST_PAIRS = 4;

  /** What is wrong with a shop. */
  enum Defect {
    NONE,

    /** Two purchases read the same stock, and each writes back what it leaves. */
    LOST_UPDATE,

    /** Two purchases of a customer both find that the customer has none yet. */
    LIMIT_RACE,

    /** A purchase that is sent again is made again. */
    KEY_IGNORED,

    /** The first order is confirmed and never written. */
    ORDER_LOST,

    /** The first order is written twice, under two ids. */
    ORDER_DOUBLED,

    /** There is an order of somebody who bought nothing. */
    ORDER_INVENTED,

    /** A customer is noted as served before the stock is looked at. */
    FALSE_LIMITED,

    /** The shop refuses every customer as already served. */
    ALL_LIMITED,

    /** The stock is lowered before a second click is refused. */
    LIMITED_TAKES,

    /** The shop sells a ticket and replies that it is busy. */
    BUSY_TAKES;

    /** Whether purchases wait for others, so that each needs a connection of its own. */
    boolean waits() {
      return this == LOST_UPDATE || this == LIMIT_RACE || this == BUSY_TAKES;
    }
  }

  private record Order(String id, String customer, String item, int quantity) {
    String json() {
      return "{\"id\":\"%s\",\"user\":\"%s\",\"item\":\"%s\",\"quantity\":%d}"
          .formatted(id, customer, item, quantity);
    }
  }

  private final ShopShape shape;
  private final Defect defect;
  private final HttpServer server;
  private final Map<String, Integer> left = new HashMap<>();
  private final Set<String> served = new HashSet<>();
  private final Set<String> sentAway = new HashSet<>();
  private final Map<String, Receipt> byKey = new HashMap<>();
  private final Map<String, Receipt> reservations = new HashMap<>();
  private final List<Order> orders = new ArrayList<>();

  private final List<Wish> racers = new ArrayList<>();
  private int read;
  private int sold;

  AnyShop(ShopShape shape, Defect defect) throws IOException {
    this.shape = shape;
    this.defect = defect;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var request =
        new Request(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            name -> String.valueOf(headers.getFirst(name)),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var reply = reply(request);
    if (reply.equals(LOST)) {
      exchange.close();
      return;
    }
    var body = reply.substring(4).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type(request.line()));
    exchange.sendResponseHeaders(
        Integer.parseInt(reply.substring(0, 3)), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String type(String line) {
    return line.endsWith(".csv")
        ? "text/csv"
        : line.endsWith(".ndjson") ? "application/x-ndjson" : "application/json";
  }

  private synchronized String reply(Request request) {
    var wish = shape.wish(request);
    if (wish.isPresent()) {
      return purchase(wish.get());
    }
    return switch (request.line()) {
      case "POST /login" ->
          ShopShape.found("\"name\":\"user-(\\d+)\"", request.body())
              .map("200 {\"session\":\"session-%s\"}"::formatted)
              .orElse("401 {}");
      case "GET /sale/token" ->
          ShopShape.session(request).map("200 {\"token\":\"sale-%s\"}"::formatted).orElse("401 {}");
      case "GET /stock" -> "200 {\"left\":%d}".formatted(left("1"));
      case "GET /orders" ->
          "200 [" + String.join(",", orders.stream().map(Order::json).toList()) + "]";
      case "GET /orders.ndjson" ->
          "200 " + String.join("", orders.stream().map(order -> order.json() + "\n").toList());
      case "GET /orders.csv" ->
          "200 id,mail\n"
              + String.join(
                  "",
                  orders.stream()
                      .map(
                          order ->
                              "%s,user-%s@shop.example\n".formatted(order.id(), order.customer()))
                      .toList());
      default ->
          ShopShape.found("^GET /reservations/(.+)", request.line())
              .map(reservations::get)
              .map(shape::told)
              .or(
                  () ->
                      ShopShape.found("^GET /seats/([^/]+)", request.line())
                          .map(item -> "200 {\"left\":%d}".formatted(left(item))))
              .orElse("404 {}");
    };
  }

  private String purchase(Wish wish) {
    if (shape.busyFor(wish) && sentAway.add(wish.key().orElseGet(() -> "" + sentAway.size()))) {
      if (defect == Defect.BUSY_TAKES) {
        buy(wish);
      }
      return shape == ShopShape.UNAVAILABLE ? "503 {}" : "429 {}";
    }
    if (shape.losesReplyTo(wish) && sold > 0) {
      once(wish);
      return LOST;
    }
    if (defect == Defect.BUSY_TAKES) {
      await(() -> sold > 0);
    }
    if (shape != ShopShape.ACCEPTED_AND_POLLED) {
      return shape.told(once(wish));
    }
    var receipt = once(wish);
    // A sale is known by its order from the beginning.
    var id = receipt.order().isEmpty() ? "r-" + reservations.size() : receipt.order();
    reservations.put(id, receipt);
    return "202 {\"reservation\":\"%s\"}".formatted(id);
  }

  private Receipt once(Wish wish) {
    if (wish.key().isEmpty() || defect == Defect.KEY_IGNORED) {
      return buy(wish);
    }
    var known = byKey.get(wish.key().get());
    if (known != null) {
      return known;
    }
    var receipt = buy(wish);
    byKey.put(wish.key().get(), receipt);
    return receipt;
  }

  private Receipt buy(Wish wish) {
    var racing = racing();
    if (racers.size() < racing && joins(wish)) {
      var earlier = racers.size() - racers.size() % 2;
      racers.add(wish);
      await(() -> sold >= earlier);
      var limited = limits(wish);
      var found = left(wish.item());
      meet(earlier + 2);
      return decide(wish, limited, defect == Defect.LOST_UPDATE ? found : left(wish.item()));
    }
    // Else there might be no ticket left for those that race.
    await(() -> sold >= racing);
    return decide(wish, limits(wish), left(wish.item()));
  }

  /** How many purchases race. */
  private int racing() {
    return switch (defect) {
      case LOST_UPDATE -> 2 * Math.min(MOST_PAIRS, shape.stock());
      case LIMIT_RACE -> 2;
      default -> 0;
    };
  }

  private boolean joins(Wish wish) {
    return defect == Defect.LIMIT_RACE
        ? racers.stream().allMatch(other -> other.customer().equals(wish.customer()))
        : racers.stream()
            .allMatch(
                other ->
                    other.item().equals(wish.item())
                        && (!shape.limited() || !other.customer().equals(wish.customer())));
  }

  /** Returns when both of a pair have read what they go by. */
  private void meet(int both) {
    read++;
    notifyAll();
    await(() -> read >= both);
  }

  private boolean limits(Wish wish) {
    return shape.limited()
        && (defect == Defect.ALL_LIMITED || wish.customer().filter(served::contains).isPresent());
  }

  private int left(String item) {
    return left.computeIfAbsent(item, _ -> shape.stock());
  }

  /**
   * @param limited whether the customer was found to have a ticket
   * @param found what was found to be left
   */
  private Receipt decide(Wish wish, boolean limited, int found) {
    if (limited) {
      if (defect == Defect.LIMITED_TAKES) {
        left.put(wish.item(), found - 1);
      }
      return new Receipt(Answer.LIMITED, "", found);
    }
    if (defect == Defect.FALSE_LIMITED) {
      wish.customer().ifPresent(served::add);
    }
    if (found < wish.quantity()) {
      return new Receipt(Answer.SOLD_OUT, "", found);
    }
    left.put(wish.item(), found - wish.quantity());
    wish.customer().ifPresent(served::add);
    var id = "o-" + sold++;
    notifyAll();
    note(new Order(id, wish.customer().orElse(""), wish.item(), wish.quantity()));
    return new Receipt(Answer.SOLD, id, found - wish.quantity());
  }

  private void note(Order order) {
    if (sold > 1) {
      orders.add(order);
      return;
    }
    if (defect != Defect.ORDER_LOST) {
      orders.add(order);
    }
    if (defect == Defect.ORDER_DOUBLED) {
      orders.add(new Order("again", order.customer(), order.item(), order.quantity()));
    }
    if (defect == Defect.ORDER_INVENTED) {
      orders.add(new Order("invented", "nobody", order.item(), order.quantity()));
    }
  }

  private void await(BooleanSupplier condition) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT_SECONDS);
    try {
      while (!condition.getAsBoolean()) {
        var rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (rest <= 0) {
          throw new IllegalStateException("the purchases that race did not meet");
        }
        wait(rest);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the storm was over before the race", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
