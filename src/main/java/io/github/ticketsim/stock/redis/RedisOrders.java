package io.github.ticketsim.stock.redis;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.sale.JsonValues;
import io.github.ticketsim.sale.RedisSteps.OrdersCall;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads what a Redis says that was sold: an array, an order an element, or a hash, an order a
 * field. Fields are in the element if it is a JSON text or an array, or the element is the field.
 */
record RedisOrders(RedisCall call, OrdersCall fields) {
  private static final String CURE = "check orders of the sale file";

  /**
   * @throws IllegalArgumentException if the command refers to an unknown value
   */
  static RedisOrders of(OrdersCall asked, Values values) {
    return new RedisOrders(RedisCall.of(asked.line(), values, Values.ofItem()), asked);
  }

  /**
   * @param request for whose item is asked, if the command names it
   * @param before how many orders are known already
   * @throws StockUnavailableException if Redis does not say
   */
  List<Order> read(RedisControl control, PurchaseRequest request, Values values, int before) {
    try {
      if (!(control.reply(call.command(request)) instanceof List<?> elements)) {
        throw new StockUnavailableException(
            control.label(), "the reply to orders is no array", CURE);
      }
      // Each item has orders of its own, so that these need not name it.
      var item =
          call.sameForAllBuyers()
              ? Optional.<String>empty()
              : Optional.of(values.items().get(request.item()));
      var orders = new ArrayList<Order>();
      for (var element : call.repliesPairs() ? pairs(elements) : elements) {
        orders.add(order(control, element, before + orders.size() + 1, item));
      }
      return orders;
    } catch (JedisDataException e) {
      throw new StockUnavailableException(control.label(), RedisProblem.words(e), CURE);
    } catch (JedisException e) {
      throw control.unavailable(e);
    }
  }

  /** RESP2 has a name and its value one behind the other. */
  private static List<?> pairs(List<?> flat) {
    return IntStream.range(0, flat.size() / 2)
        .mapToObj(pair -> flat.subList(2 * pair, 2 * pair + 2))
        .toList();
  }

  private Order order(
      RedisControl control, @Nullable Object element, int number, Optional<String> asked) {
    var values = values(element);
    var quantity = field(control, values, fields.quantity());
    return new Order(
        field(control, values, fields.order()).orElse(Integer.toString(number)),
        field(control, values, fields.customer()),
        field(control, values, fields.item()).or(() -> asked),
        quantity.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(tickets(control, quantity.get())));
  }

  private Map<String, String> values(@Nullable Object element) {
    var whole = RedisReply.of(element).values();
    var text = whole.get("");
    if (text == null || !text.startsWith("{")) {
      return whole;
    }
    try {
      var values = new HashMap<>(JsonValues.of(text.getBytes(StandardCharsets.UTF_8)));
      values.put("", text);
      return values;
    } catch (IOException e) {
      return whole;
    }
  }

  private static Optional<String> field(
      RedisControl control, Map<String, String> values, Optional<String> place) {
    if (place.isEmpty()) {
      return Optional.empty();
    }
    var value = values.get(place.get().equals("reply") ? "" : place.get());
    if (value == null || value.isEmpty()) {
      throw new StockUnavailableException(
          control.label(), "an order has nothing at " + place.get(), CURE);
    }
    return Optional.of(value);
  }

  private static int tickets(RedisControl control, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new StockUnavailableException(
          control.label(), "an order has a quantity that is no number", CURE);
    }
  }
}
