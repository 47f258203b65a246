package io.github.ticketsim.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How a shop is asked, and in which words it answers. Each has a sale file of its own. */
enum ShopShape {
  STATUS_ONLY("POST /buy"),
  USER_IN_BODY("POST /seckill"),
  USER_IN_HEADER("POST /tickets"),
  USER_IN_PATH("PUT /users/(\\d+)/ticket"),
  BEARER_TOKEN("POST /checkout"),
  IDEMPOTENCY_KEY("POST /orders"),
  CODE_IN_BODY("POST /voucher/seckill"),
  TWO_REASONS("POST /coupons/claim"),
  ITEMS("POST /seats/(\\d+)/book"),
  QUANTITY_2("POST /purchase"),
  QUANTITY_1_TO_4("POST /cart"),
  ACCEPTED_AND_POLLED("POST /reservations"),
  SALE_TOKEN("POST /sale/buy"),
  TOO_MANY_REQUESTS("POST /bookings"),
  UNAVAILABLE("POST /passes"),
  LOST_REPLIES("POST /basket"),
  ORDERS_IN_LINES("POST /drops"),
  ITEMS_OF_DATA("POST /seats/([A-Z]-\\d+)/reserve");

  private static final Path SALES = Path.of("src/test/resources/sales");
  private static final String USER = "\"userId\":(\\d+)";

  private final Pattern line;

  ShopShape(String line) {
    this.line = Pattern.compile(line);
  }

  /** A request; the line has no version. */
  record Request(String line, UnaryOperator<String> headers, String body) {
    URI uri() {
      return URI.create(line.substring(line.indexOf(' ') + 1));
    }
  }

  /** What somebody asks for. Without a customer the shop does not know who it is. */
  record Wish(Optional<String> customer, String item, int quantity, Optional<String> key) {}

  enum Answer {
    SOLD,
    SOLD_OUT,
    LIMITED
  }

  /**
   * @param order of a sale; empty otherwise
   * @param left after the purchase
   */
  record Receipt(Answer answer, String order, long left) {}

  Path file() {
    return SALES.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml");
  }

  /** Whether a customer may have one ticket only. */
  boolean limited() {
    return switch (this) {
      case STATUS_ONLY, IDEMPOTENCY_KEY, ITEMS, QUANTITY_2, QUANTITY_1_TO_4 -> false;
      case TOO_MANY_REQUESTS, UNAVAILABLE, LOST_REPLIES, ORDERS_IN_LINES, ITEMS_OF_DATA -> false;
      default -> true;
    };
  }

  /** The tickets of each item. */
  int stock() {
    return switch (this) {
      case ITEMS -> 1;
      case ITEMS_OF_DATA -> 5;
      case IDEMPOTENCY_KEY, QUANTITY_2, QUANTITY_1_TO_4 -> 100;
      case TOO_MANY_REQUESTS, UNAVAILABLE, LOST_REPLIES, ORDERS_IN_LINES -> 100;
      default -> 50;
    };
  }

  /** What a purchase asks for; empty if {@code request} is none of this shop. */
  Optional<Wish> wish(Request request) {
    var match = line.matcher(request.line());
    return match.matches() ? wish(request, match.toMatchResult()) : Optional.empty();
  }

  private Optional<Wish> wish(Request request, MatchResult path) {
    var body = request.body();
    return switch (this) {
      case STATUS_ONLY -> Optional.of(new Wish(Optional.empty(), "1", 1, Optional.empty()));
      case USER_IN_BODY, TWO_REASONS, ACCEPTED_AND_POLLED -> found(USER, body).map(ShopShape::one);
      case USER_IN_HEADER ->
          found("(\\d+)", request.headers().apply("X-User-Id")).map(ShopShape::one);
      case USER_IN_PATH -> Optional.of(one(path.group(1)));
      case BEARER_TOKEN -> session(request).map(ShopShape::one);
      case UNAVAILABLE, LOST_REPLIES, ORDERS_IN_LINES -> found(USER, body).map(ShopShape::one);
      case IDEMPOTENCY_KEY, TOO_MANY_REQUESTS ->
          found(USER, body)
              .map(
                  user ->
                      new Wish(
                          Optional.of(user),
                          "1",
                          1,
                          found("(.+)", request.headers().apply("Idempotency-Key"))));
      case CODE_IN_BODY -> found("userId=(\\d+)", body).map(ShopShape::one);
      case ITEMS, ITEMS_OF_DATA ->
          found(USER, body)
              .map(user -> new Wish(Optional.of(user), path.group(1), 1, Optional.empty()));
      case QUANTITY_2, QUANTITY_1_TO_4 ->
          found(USER, body)
              .flatMap(
                  user ->
                      found("\"quantity\":(\\d+)", body)
                          .map(
                              quantity ->
                                  new Wish(
                                      Optional.of(user),
                                      "1",
                                      Integer.parseInt(quantity),
                                      Optional.empty())));
      case SALE_TOKEN ->
          session(request)
              .filter(
                  user -> found("\"saleToken\":\"sale-(\\d+)\"", body).equals(Optional.of(user)))
              .map(ShopShape::one);
    };
  }

  private static Wish one(String customer) {
    return new Wish(Optional.of(customer), "1", 1, Optional.empty());
  }

  /** On whose behalf a request with a token comes. */
  static Optional<String> session(Request request) {
    return found("Bearer session-(\\d+)", request.headers().apply("Authorization"));
  }

  /** Whether this shop, which is busy, sends {@code wish} away for now. */
  boolean busyFor(Wish wish) {
    return (this == TOO_MANY_REQUESTS || this == UNAVAILABLE) && isOneIn(4, wish);
  }

  /** Whether the reply to {@code wish} never arrives. */
  boolean losesReplyTo(Wish wish) {
    return this == LOST_REPLIES && isOneIn(4, wish);
  }

  private static boolean isOneIn(int share, Wish wish) {
    return wish.customer().filter(name -> Integer.parseInt(name) % share == 0).isPresent();
  }

  /** The first group of {@code pattern} in {@code text}. */
  static Optional<String> found(String pattern, String text) {
    var match = Pattern.compile(pattern).matcher(text);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** Status and body in which it is told. */
  String told(Receipt receipt) {
    var order = receipt.order();
    return switch (this) {
      case STATUS_ONLY -> pick(receipt, 200, 410, 410) + " ";
      case CODE_IN_BODY ->
          "200 {\"code\":%d,\"data\":{\"orderId\":\"%s\"}}"
              .formatted(pick(receipt, 0, 1, 2), order);
      case TWO_REASONS ->
          receipt.answer() == Answer.SOLD
              ? "200 {}"
              : "409 {\"error\":\"%s\"}"
                  .formatted(receipt.answer() == Answer.LIMITED ? "ALREADY_CLAIMED" : "SOLD_OUT");
      case SALE_TOKEN ->
          "200 {\"result\":\"%s\",\"orderId\":\"%s\"}"
              .formatted(pick(receipt, "OK", "SOLD_OUT", "LIMIT"), order);
      case QUANTITY_2 -> pick(receipt, 200, 409, 409) + " {\"left\":%d}".formatted(receipt.left());
      case ACCEPTED_AND_POLLED ->
          receipt.answer() == Answer.SOLD
              ? "200 {\"state\":\"CONFIRMED\"}"
              : "200 {\"state\":\"REJECTED\",\"reason\":\"%s\"}"
                  .formatted(receipt.answer() == Answer.LIMITED ? "ALREADY_BOUGHT" : "SOLD_OUT");
      case IDEMPOTENCY_KEY, ITEMS, QUANTITY_1_TO_4 -> pick(receipt, 201, 409, 409) + orderId(order);
      case TOO_MANY_REQUESTS, UNAVAILABLE, LOST_REPLIES, ORDERS_IN_LINES, ITEMS_OF_DATA ->
          pick(receipt, 201, 409, 409) + orderId(order);
      case USER_IN_BODY, USER_IN_HEADER, USER_IN_PATH, BEARER_TOKEN ->
          pick(receipt, 201, 410, 403) + orderId(order);
    };
  }

  private static String orderId(String order) {
    return order.isEmpty() ? " {}" : " {\"orderId\":\"%s\"}".formatted(order);
  }

  private static <T> T pick(Receipt receipt, T sold, T soldOut, T limited) {
    return switch (receipt.answer()) {
      case SOLD -> sold;
      case SOLD_OUT -> soldOut;
      case LIMITED -> limited;
    };
  }
}
