package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Sales to customers of several items, by shops of which each but the first has one defect. */
final class CustomerSales {
  private static final List<Integer> SIZES = List.of(200, 2_000);
  private static final int TRIES = 4;
  private static final long LIMIT = 2;
  private static final int RETRIED_EACH = 10;
  private static final UUID RUN = UUID.fromString("01a20257-b113-7ccc-8ddd-000000000000");
  private static final Instant STARTED = Instant.parse("2026-11-22T08:20:31.123Z");

  /** What a shop gets wrong, once. */
  private enum Defect {
    NONE,
    LIMIT_IGNORED,
    FALSELY_LIMITED,
    KEY_IGNORED,
    ORDER_LOST,
    ORDER_DOUBLED,
    ORDER_INVENTED,
    ITEM_OVERSOLD,
    LIMITED_AFTER_TAKING
  }

  private CustomerSales() {}

  static List<HistoryClass> kinds() {
    return List.of(
        new HistoryClass(
            "customers, items and orders",
            Expected.VALID,
            HistoryClass.ALL,
            SIZES,
            TRIES,
            given -> new Trial(new Shop(given, Defect.NONE, 1).history(), Claims.valid())),
        new HistoryClass(
            "purchases of two at once",
            Expected.VALID,
            HistoryClass.ALL,
            SIZES,
            TRIES,
            given -> new Trial(new Shop(given, Defect.NONE, 2).history(), Claims.valid())),
        broken(
            "limit ignored",
            HistoryClass.ALL,
            given -> trial(given, Defect.LIMIT_IGNORED, Name.LIMIT)),
        broken(
            "limited too early",
            HistoryClass.ALL,
            given -> trial(given, Defect.FALSELY_LIMITED, Name.FALSE_LIMITED)),
        broken(
            "key ignored",
            HistoryClass.WITH_VALUES,
            given -> trial(given, Defect.KEY_IGNORED, Name.IDEMPOTENCY)),
        broken(
            "key ignored, no values",
            HistoryClass.TALLY,
            given -> trial(given, Defect.KEY_IGNORED, Name.DOUBLE_ORDER)),
        broken(
            "order lost",
            HistoryClass.ALL,
            given -> trial(given, Defect.ORDER_LOST, Name.LOST_ORDER)),
        broken(
            "order doubled",
            HistoryClass.ALL,
            given -> trial(given, Defect.ORDER_DOUBLED, Name.DOUBLE_ORDER)),
        broken(
            "order invented",
            HistoryClass.ALL,
            given -> trial(given, Defect.ORDER_INVENTED, Name.GHOST_ORDER)),
        broken(
            "one item oversold",
            HistoryClass.ALL,
            given -> trial(given, Defect.ITEM_OVERSOLD, Name.OVERSELL)),
        broken(
            "a ticket taken before the limit is seen",
            HistoryClass.COUNTER,
            given -> trial(given, Defect.LIMITED_AFTER_TAKING, Name.UNDERSELL)));
  }

  private static HistoryClass broken(String name, Set<Model> models, Function<Case, Trial> maker) {
    return new HistoryClass(name, Expected.INVALID, models, SIZES, TRIES, maker);
  }

  private static Trial trial(Case given, Defect defect, Name broken) {
    return new Trial(new Shop(given, defect, 1).history(), Claims.invalid().fails(broken));
  }

  /**
   * Sells one after the other; each attempt lasts from some time before that to some time after.
   */
  private static final class Shop {
    private static final int GAP = 10;
    private static final int SPREAD = 15;

    private final Model model;
    private final Random random;
    private final int quantity;
    private Defect defect;
    private final Map<String, Long> stock = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    Shop(Case given, Defect defect, int quantity) {
      this.model = given.model();
      this.random = given.random();
      this.quantity = quantity;
      this.defect = defect;
      for (var item : List.of("A", "B", "C")) {
        stock.put(item, given.size() / 10L);
      }
      left.putAll(stock);
      for (var number = 0; number < given.size(); number++) {
        arrive(number, given.size() / 5);
      }
      if (strikes(Defect.ORDER_LOST)) {
        orders.remove(random.nextInt(orders.size()));
      }
      if (strikes(Defect.ORDER_INVENTED)) {
        orders.add(new Order("extra", Optional.of("nobody"), Optional.of("A"), OptionalInt.of(1)));
      }
    }

    /** Whether the defect is this one, and shows for the first time. */
    private boolean strikes(Defect candidate) {
      var now = defect == candidate;
      defect = now ? Defect.NONE : defect;
      return now;
    }

    private void arrive(int number, int customers) {
      var customer = Integer.toString(random.nextInt(customers));
      var item = List.copyOf(stock.keySet()).get(random.nextInt(stock.size()));
      var effect = (long) GAP * number;
      var outcome = serve(customer, item);
      var order = order(outcome, customer, item, "o" + number);
      var retried = number % RETRIED_EACH == 0;
      var key = retried ? Optional.of("k" + number) : Optional.<String>empty();
      record(
          2 * number,
          effect,
          outcome,
          new Particulars(Optional.of(customer), Optional.of(item), quantity, key, order));
      if (retried) {
        var again = order;
        var reply = outcome;
        if (outcome instanceof Outcome.Sold
            && held.getOrDefault(customer, 0L) < LIMIT
            && left.getOrDefault(item, 0L) > 0
            && strikes(Defect.KEY_IGNORED)) {
          reply = serve(customer, item);
          again = order(reply, customer, item, "o" + number + " again");
        }
        record(
            2 * number + 1,
            effect,
            reply,
            new Particulars(
                Optional.of(customer),
                Optional.of(item),
                quantity,
                key,
                model == Model.TALLY ? order : again));
      }
    }

    private Outcome serve(String customer, String item) {
      long had = held.getOrDefault(customer, 0L);
      long counter = left.getOrDefault(item, 0L);
      var full = had + quantity > LIMIT;
      if (full && counter > 0 && model == Model.COUNTER && strikes(Defect.LIMITED_AFTER_TAKING)) {
        left.put(item, counter - quantity);
        return new Outcome.Limited(OptionalLong.of(counter - quantity));
      }
      var sellsAllTheSame = full && counter >= quantity && strikes(Defect.LIMIT_IGNORED);
      var refusesAtOnce = had == 0 && counter > 0 && strikes(Defect.FALSELY_LIMITED);
      if ((full && !sellsAllTheSame) || refusesAtOnce) {
        return new Outcome.Limited(OptionalLong.empty());
      }
      var sells = counter >= quantity || (counter == 0 && strikes(Defect.ITEM_OVERSOLD));
      var after = sells || model == Model.COUNTER ? counter - quantity : counter;
      left.put(item, after);
      if (sells) {
        held.put(customer, had + quantity);
      }
      var value =
          model == Model.COUNTER || (model == Model.BOUNDED && sells)
              ? OptionalLong.of(after)
              : OptionalLong.empty();
      return sells ? new Outcome.Sold(value) : new Outcome.SoldOut(value);
    }

    private Optional<String> order(Outcome outcome, String customer, String item, String id) {
      if (!(outcome instanceof Outcome.Sold)) {
        return Optional.empty();
      }
      var order = new Order(id, Optional.of(customer), Optional.of(item), OptionalInt.of(quantity));
      orders.add(order);
      if (strikes(Defect.ORDER_DOUBLED)) {
        orders.add(new Order(id + "'", order.customer(), order.item(), order.quantity()));
      }
      return Optional.of(id);
    }

    private void record(int number, long effect, Outcome outcome, Particulars particulars) {
      attempts.add(
          Histories.attempt(
                  number,
                  effect - random.nextInt(SPREAD),
                  OptionalLong.of(effect + random.nextInt(SPREAD)),
                  outcome)
              .with(particulars));
    }

    History history() {
      var shuffled = new ArrayList<>(attempts);
      Collections.shuffle(shuffled, random);
      var run =
          Run.of(
                  RUN,
                  STARTED,
                  "made-up",
                  model,
                  "shop",
                  sum(stock),
                  2 * attempts.size(),
                  Optional.empty())
              .on(new Run.Terms(OptionalLong.of(LIMIT), new LinkedHashMap<>(stock)));
      return new History(
          run,
          Attempts.of(shuffled),
          List.of(),
          List.copyOf(orders),
          new Ending(
              Settlement.settled(sum(left)),
              Ending.StopReason.NONE,
              left,
              OptionalLong.of(orders.size())));
    }

    private static long sum(Map<String, Long> numbers) {
      return numbers.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
