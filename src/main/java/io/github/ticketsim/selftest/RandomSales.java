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
import java.util.UUID;

/**
 * Small sales with customers, items, quantities, keys and orders, of which a part is legal and a
 * part was tampered with. Times are drawn from so few that many are equal.
 */
public final class RandomSales {
  private static final int MOST_ATTEMPTS = 6;
  private static final UUID RUN = UUID.fromString("01a20257-b113-7ccc-8ddd-000000000000");
  private static final Instant STARTED = Instant.parse("2026-11-22T08:20:31.123Z");

  private final Model model;
  private final Random random;

  /** Sales of {@code model}, the same for the same {@code seed}. */
  public RandomSales(Model model, long seed) {
    this.model = model;
    this.random = new Random(seed);
  }

  /** What a sale is drawn from. */
  private final class Draft {
    private final OptionalLong limit =
        random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(3));
    private final Map<String, Long> stock = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final boolean named = random.nextInt(3) == 0;
    private final boolean customersNamed = random.nextInt(4) != 0;
    private final boolean ordersTell = random.nextInt(3) != 0;
    private final int[] quantities =
        switch (random.nextInt(5)) {
          case 0 -> new int[] {2};
          case 4 -> new int[] {1, 3};
          case 1 -> new int[] {1, 2};
          default -> new int[] {1};
        };
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    Draft() {
      for (var item : named ? List.of("A", "B") : List.of("")) {
        stock.put(item, (long) random.nextInt(5));
      }
      left.putAll(stock);
    }

    void play() {
      var size = 1 + random.nextInt(MOST_ATTEMPTS);
      for (var i = 0; i < size; i++) {
        buy(i);
      }
    }

    private void buy(int number) {
      var customer = customersNamed ? Integer.toString(random.nextInt(3)) : "buyer " + number;
      var item = new ArrayList<>(stock.keySet()).get(random.nextInt(stock.size()));
      var quantity = quantities[random.nextInt(quantities.length)];
      var effect = 2L * number;
      var call = effect - random.nextInt(4);
      var returned = OptionalLong.of(effect + random.nextInt(4));
      var lost = random.nextInt(5) == 0;
      var executed = !lost || random.nextBoolean();
      var outcome = executed ? act(customer, item, quantity) : SampleSale.LOST;
      var order =
          outcome instanceof Outcome.Sold ? Optional.of("o" + number) : Optional.<String>empty();
      order.ifPresent(
          id ->
              orders.add(
                  new Order(
                      id,
                      ordersTell ? Optional.of(customer) : Optional.empty(),
                      named ? Optional.of(item) : Optional.empty(),
                      ordersTell ? OptionalInt.of(quantity) : OptionalInt.empty())));
      var particulars =
          new Particulars(
              customersNamed ? Optional.of(customer) : Optional.empty(),
              named ? Optional.of(item) : Optional.empty(),
              quantity,
              Optional.empty(),
              lost ? Optional.empty() : order);
      add(
          number,
          call,
          lost ? OptionalLong.empty() : returned,
          lost ? SampleSale.LOST : outcome,
          particulars);
      if (random.nextInt(6) == 0 && attempts.size() < MOST_ATTEMPTS) {
        retry(number);
      }
    }

    /** The same purchase again, with the same reply or none. */
    private void retry(int number) {
      var first = attempts.removeLast();
      var keyed =
          new Particulars(
              first.particulars().customer(),
              first.particulars().item(),
              first.particulars().quantity(),
              Optional.of("k" + number),
              first.particulars().order());
      attempts.add(first.with(keyed));
      var call = first.callNanos() + random.nextInt(3);
      var lost = random.nextInt(3) == 0 || first.returnNanos().isEmpty();
      add(
          number + 100,
          call,
          lost ? OptionalLong.empty() : OptionalLong.of(call + random.nextInt(4)),
          lost ? SampleSale.LOST : first.outcome(),
          keyed);
    }

    private void add(
        int number, long call, OptionalLong returned, Outcome outcome, Particulars particulars) {
      attempts.add(Histories.attempt(number, call, returned, outcome).with(particulars));
    }

    private Outcome act(String customer, String item, int quantity) {
      long counter = left.getOrDefault(item, 0L);
      var had = held.getOrDefault(customer, 0L);
      if (limit.isPresent() && had + quantity > limit.getAsLong()) {
        return random.nextBoolean() || model == Model.COUNTER
            ? new Outcome.Limited(
                model == Model.BOUNDED && random.nextBoolean()
                    ? OptionalLong.of(counter)
                    : OptionalLong.empty())
            : new Outcome.SoldOut(OptionalLong.empty());
      }
      var sells = counter >= quantity;
      var after = sells || model == Model.COUNTER ? counter - quantity : counter;
      left.put(item, after);
      var value =
          model == Model.COUNTER || (model == Model.BOUNDED && sells)
              ? OptionalLong.of(after)
              : OptionalLong.empty();
      if (sells) {
        held.put(customer, had + quantity);
      }
      return sells ? new Outcome.Sold(value) : new Outcome.SoldOut(value);
    }

    void tamper() {
      var index = random.nextInt(attempts.size());
      var old = attempts.get(index);
      switch (random.nextInt(9)) {
        case 0 -> attempts.set(index, moved(old, random.nextInt(-4, 5)));
        case 1 -> attempts.set(index, replied(old, another(old)));
        case 2 ->
            attempts.set(
                index, replied(old, attempts.get(random.nextInt(attempts.size())).outcome()));
        case 3 -> {
          if (attempts.size() > 1) {
            attempts.remove(index);
          }
        }
        case 4 -> left.replaceAll((_, was) -> was + random.nextInt(-1, 2));
        case 5 -> {
          if (!orders.isEmpty()) {
            orders.remove(random.nextInt(orders.size()));
          }
        }
        case 6 ->
            orders.add(
                new Order(
                    "extra",
                    Optional.of(Integer.toString(random.nextInt(3))),
                    named ? old.particulars().item() : Optional.empty(),
                    OptionalInt.of(old.particulars().quantity())));
        default -> {
          var value = old.outcome().value();
          attempts.set(
              index,
              old.with(
                  old.outcome()
                      .kind()
                      .of(
                          value.isPresent()
                              ? OptionalLong.of(value.getAsLong() + random.nextInt(-2, 3))
                              : value,
                          old.outcome().error())));
        }
      }
    }

    private Outcome another(Attempt old) {
      var value = old.outcome().value();
      return switch (random.nextInt(4)) {
        case 0 -> SampleSale.FAILED;
        case 1 -> SampleSale.LOST;
        case 2 ->
            limit.isPresent() && model != Model.COUNTER
                ? new Outcome.Limited(OptionalLong.empty())
                : SampleSale.LOST;
        default ->
            old.outcome() instanceof Outcome.Sold
                ? new Outcome.SoldOut(model == Model.COUNTER ? value : OptionalLong.empty())
                : model == Model.TALLY || value.isPresent()
                    ? new Outcome.Sold(value)
                    : SampleSale.LOST;
      };
    }

    private Attempt replied(Attempt old, Outcome outcome) {
      var returned =
          outcome instanceof Outcome.Indeterminate
              ? OptionalLong.empty()
              : OptionalLong.of(old.returnNanos().orElse(old.callNanos()));
      var order =
          outcome instanceof Outcome.Sold ? old.particulars().order() : Optional.<String>empty();
      return timed(old, old.callNanos(), returned, outcome)
          .with(
              new Particulars(
                  old.particulars().customer(),
                  old.particulars().item(),
                  old.particulars().quantity(),
                  old.particulars().key(),
                  order));
    }

    private Attempt moved(Attempt old, long by) {
      return timed(
          old,
          old.callNanos() + by,
          old.returnNanos().isPresent()
              ? OptionalLong.of(old.returnNanos().getAsLong() + by)
              : OptionalLong.empty(),
          old.outcome());
    }

    private Attempt timed(Attempt old, long call, OptionalLong returned, Outcome outcome) {
      return Attempt.of(
              old.id(),
              old.timestampMillis(),
              old.buyer(),
              OptionalLong.empty(),
              call,
              returned,
              outcome)
          .with(old.particulars());
    }

    History history() {
      var settled = random.nextInt(4) != 0;
      var ordered = random.nextInt(2) == 0;
      var shuffled = new ArrayList<>(attempts);
      Collections.shuffle(shuffled, random);
      var total = left.values().stream().mapToLong(Long::longValue).sum();
      var run =
          Run.of(
                  RUN,
                  STARTED,
                  "made-up",
                  model,
                  "ticket:stock",
                  stock.values().stream().mapToLong(Long::longValue).sum(),
                  1_000,
                  Optional.empty())
              .on(new Run.Terms(limit, named ? new LinkedHashMap<>(stock) : new LinkedHashMap<>()));
      return new History(
          run,
          Attempts.of(shuffled),
          List.of(),
          ordered ? List.copyOf(orders) : List.of(),
          new Ending(
              settled
                  ? Settlement.settled(total)
                  : Settlement.unsettled(OptionalLong.empty(), "still moving"),
              Ending.StopReason.NONE,
              named && settled && random.nextInt(4) != 0 ? left : Map.of(),
              ordered ? OptionalLong.of(orders.size()) : OptionalLong.empty()));
    }
  }

  /** The next one. */
  public History next() {
    var draft = new Draft();
    draft.play();
    var times = Math.max(0, random.nextInt(5) - 2);
    for (var i = 0; i < times; i++) {
      draft.tamper();
    }
    return draft.history();
  }
}
