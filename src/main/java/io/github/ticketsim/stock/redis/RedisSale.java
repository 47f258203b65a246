package io.github.ticketsim.stock.redis;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.sale.RedisSteps;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A sale whose purchase is a command, a script or a function of the shop's own. */
public final class RedisSale implements Selling {
  private final RedisSteps steps;
  private final RedisSteps.RedisPurchase described;
  private final RedisCall purchase;
  private final ReplyRules rules;
  private final List<RedisCall> setup;
  private final Optional<RedisCall> left;
  private final Optional<RedisOrders> orders;
  private final Values values;
  private final Duration timeout;
  private final int replicas;

  /** Numbers of those items of which is asked what is left. */
  private final List<Integer> counted;

  /**
   * @param values that commands refer to
   * @param timeout for connecting, and for each reply
   * @param replicas that must acknowledge a purchase before it counts; 0 for none
   * @throws IllegalArgumentException if a command refers to another value, or is none
   */
  public RedisSale(
      RedisSteps steps, ReplyRules rules, Values values, Duration timeout, int replicas) {
    this(
        steps,
        rules,
        values,
        timeout,
        replicas,
        IntStream.range(0, values.items().size()).boxed().toList());
  }

  private RedisSale(
      RedisSteps steps,
      ReplyRules rules,
      Values values,
      Duration timeout,
      int replicas,
      List<Integer> counted) {
    this.steps = steps;
    this.counted = counted;
    this.replicas = replicas;
    this.described = steps.purchase().orElseThrow();
    this.rules = rules;
    this.values = values;
    this.timeout = timeout;
    this.purchase = RedisCall.of(described, values);
    this.setup =
        steps.setup().stream().map(line -> RedisCall.of(line, values, Values.ofItem())).toList();
    this.left = steps.left().map(line -> RedisCall.of(line, values, Values.ofItem()));
    this.orders = steps.orders().map(call -> RedisOrders.of(call, values));
  }

  @Override
  public String wireName() {
    return described.form().key();
  }

  @Override
  public Model model() {
    return rules.model();
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  /** The same with so many tickets of each item. */
  public RedisSale withStock(long tickets) {
    return new RedisSale(steps, rules, values.withStock(tickets), timeout, replicas);
  }

  /** The same, but what is left counts these items alone. */
  RedisSale counting(List<Integer> items) {
    return new RedisSale(steps, rules, values, timeout, replicas, items);
  }

  RedisSteps.Form form() {
    return described.form();
  }

  /** How a history names what is sold. */
  public String sold() {
    return described.sold();
  }

  /** The keys that a purchase of an item names. */
  List<byte[]> keys(int item) {
    return purchase.keys(PurchaseRequest.of(0, item));
  }

  /** The names of the items. */
  List<String> items() {
    return values.items();
  }

  /** What Redis must let us do, beside what a script calls. */
  List<Right> rights() {
    var rights = new LinkedHashSet<Right>();
    for (var call : setup) {
      eachItem(call, request -> rights.add(call.right(request)));
    }
    eachItem(purchase, request -> rights.addAll(rights(request)));
    left.ifPresent(call -> eachItem(call, request -> rights.add(call.right(request))));
    orders
        .map(RedisOrders::call)
        .ifPresent(call -> eachItem(call, request -> rights.add(call.right(request))));
    return List.copyOf(rights);
  }

  private List<Right> rights(PurchaseRequest request) {
    var keys = purchase.keys(request).stream().map(RedisReply::text);
    return switch (form()) {
      case SCRIPT -> keys.flatMap(key -> Right.script(key).stream()).toList();
      case FUNCTION -> keys.map(Right::function).toList();
      case COMMAND -> List.of(purchase.right(request));
    };
  }

  /** Once for each item, and no command that names none is sent twice. */
  private void eachItem(RedisCall call, Consumer<PurchaseRequest> each) {
    var times = call.sameForAllBuyers() ? 1 : values.items().size();
    for (var item = 0; item < times; item++) {
      each.accept(PurchaseRequest.of(0, item));
    }
  }

  /**
   * The keys that decide which node of a cluster sells: the first that a purchase of each item
   * names. A purchase that names none goes anywhere.
   */
  public List<byte[]> sellingKeys() {
    return IntStream.range(0, values.items().size())
        .mapToObj(item -> sellingKey(PurchaseRequest.of(0, item)))
        .toList();
  }

  /** The same of one purchase. */
  byte[] sellingKey(PurchaseRequest request) {
    return purchase.keys(request).stream().findFirst().orElseGet(() -> new byte[0]);
  }

  /** Sends {@code purchase} and waits for replicas. */
  Strategy confirmed(Sending purchase) {
    return replicas == 0 ? purchase : new Replicated(purchase, replicas, timeout.dividedBy(2));
  }

  /** Whether nothing in a purchase differs from buyer to buyer. */
  public boolean sameForAllBuyers() {
    return purchase.sameForAllBuyers();
  }

  RedisCall purchase() {
    return purchase;
  }

  Values values() {
    return values;
  }

  ReplyRules rules() {
    return rules;
  }

  /**
   * Sends the setup, and gives the server the script.
   *
   * @throws SaleException if the script cannot be compiled
   * @throws StockUnavailableException if Redis refuses it
   */
  public void setUp(RedisControl control) {
    for (var call : setup) {
      eachItem(
          call,
          request -> {
            var _ = reply(control, call, request, "check setup of the sale file");
          });
    }
    load(control);
  }

  /**
   * Gives the server the script, if there is one.
   *
   * @throws SaleException if it cannot be compiled
   * @throws StockUnavailableException if Redis refuses it
   */
  public void load(RedisControl control) {
    purchase.source().ifPresent(script -> load(control, script));
  }

  private void load(RedisControl control, Script script) {
    try {
      script.requireLoaded(control);
    } catch (JedisDataException e) {
      throw new SaleException(
          "%s: %s; correct the script"
              .formatted(
                  described.file().map(Object::toString).orElse(described.where()),
                  RedisProblem.words(e)));
    } catch (JedisException e) {
      throw control.unavailable(e);
    }
  }

  private static @Nullable Object reply(
      RedisControl control, RedisCall call, PurchaseRequest request, String cure) {
    try {
      var command = call.command(request);
      return call.forAll() ? control.replyOfAll(command) : control.reply(command);
    } catch (JedisDataException e) {
      throw new StockUnavailableException(control.label(), RedisProblem.words(e), cure);
    } catch (JedisException e) {
      throw control.unavailable(e);
    }
  }

  /** Whether the server is asked what is left. */
  public boolean tellsLeft() {
    return left.isPresent();
  }

  /**
   * What is left of each item.
   *
   * @throws StockUnavailableException if Redis does not say
   */
  public SequencedMap<String, Long> leftByItem(RedisControl control) {
    var tickets = new LinkedHashMap<String, Long>();
    for (var item : counted) {
      var reply =
          RedisReply.text(
              reply(control, left.orElseThrow(), PurchaseRequest.of(0, item), "check left"));
      try {
        tickets.put(values.items().get(item), Long.parseLong(reply));
      } catch (NumberFormatException _) {
        throw new StockUnavailableException(
            control.label(),
            "the reply to left is '%s', no whole number".formatted(OneLine.clip(reply, 40)),
            "check left, or let setup fill the stock");
      }
    }
    return tickets;
  }

  @Override
  public OptionalLong left(RedisControl watch) {
    if (left.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(leftByItem(watch).values().stream().mapToLong(Long::longValue).sum());
    } catch (StockUnavailableException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public String whyNothingLeft() {
    return left.isEmpty()
        ? "nothing says what is left; add left to the sale file"
        : "the reply to left is no whole number";
  }

  /**
   * What the shop believes to have sold; empty if it is not asked.
   *
   * @throws StockUnavailableException if Redis does not say
   */
  public Optional<List<Order>> orders(RedisControl control) {
    return orders.map(
        asked -> {
          var all = new ArrayList<Order>();
          eachItem(
              asked.call(),
              request -> all.addAll(asked.read(control, request, values, all.size())));
          return all;
        });
  }

  @Override
  public Strategy strategy(LongSupplier nanoClock) {
    return confirmed(new Sending(this, PurchaseRequest.FIRST));
  }

  @Override
  public List<Strategy> jitWarmUps() {
    return List.of();
  }
}
