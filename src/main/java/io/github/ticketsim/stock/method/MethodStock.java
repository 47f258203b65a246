package io.github.ticketsim.stock.method;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.stock.Endless;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Sells by a method that is called on the thread of each buyer. There is no line: all buyers call
 * it at once. A call has ended when it returns, so nothing can act any more after the last attempt.
 */
public final class MethodStock implements Endless, PerPurchase {
  /** How {@link #strategy} names it. */
  public static final String STRATEGY = "method";

  private final List<String> items;
  private final BuyMethod method;
  private final Optional<Left> left;
  private final Optional<Callable<List<Order>>> sold;

  /** The threads that are in the method. One may be interrupted as long as it stands here. */
  private final ConcurrentMap<Thread, PurchaseRequest> callers = new ConcurrentHashMap<>();

  private volatile ShopAccount account = ShopAccount.NONE;

  /**
   * What the method says.
   *
   * @param order the shop's own id for the order, if it names one
   */
  public record MethodReply(Outcome outcome, Optional<String> order) {}

  /** Tries to buy. */
  @FunctionalInterface
  public interface BuyMethod {
    /**
     * Is called on the thread of the buyer.
     *
     * @param purchase what is asked for
     * @throws Exception if it is not known whether a ticket was taken
     */
    MethodReply buy(PurchaseRequest purchase) throws Exception;
  }

  /** Tells how many tickets are left. */
  @FunctionalInterface
  public interface Left {
    /**
     * Is called for each item after the last attempt.
     *
     * @throws Exception if that cannot be told
     */
    long left(String item) throws Exception;
  }

  /**
   * @param items the names of what is sold, at least one
   * @param left what is left; empty if the shop does not tell
   * @param sold what was sold; empty if the shop does not tell
   */
  public MethodStock(
      List<String> items,
      BuyMethod method,
      Optional<Left> left,
      Optional<Callable<List<Order>>> sold) {
    this.items = List.copyOf(items);
    this.method = method;
    this.left = left;
    this.sold = sold;
  }

  /** What the shop said when the stock settled. */
  public ShopAccount account() {
    return account;
  }

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public Model model() {
    return Model.TALLY;
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return open.getAsBoolean() ? Optional.of(new Call(purchase)) : Optional.empty();
  }

  @Override
  public void interrupt() {
    for (var thread : callers.keySet()) {
      callers.computeIfPresent(
          thread,
          (caller, purchase) -> {
            caller.interrupt();
            return purchase;
          });
    }
  }

  @Override
  public String place() {
    return callers.keySet().stream()
        .flatMap(thread -> Stream.of(thread.getStackTrace()).limit(1))
        .map(StackTraceElement::toString)
        .findFirst()
        .orElse("");
  }

  @Override
  public Settlement settle() {
    var problems = new ArrayList<String>();
    if (left.isEmpty()) {
      problems.add("nothing tells what is left; pass left(...) to TicketStorm");
    }
    var read =
        new ShopAccount(
            left.flatMap(asked -> told("what is left", problems, () -> leftOfEach(asked)))
                .orElse(Collections.emptySortedMap()),
            sold.flatMap(asked -> told("what was sold", problems, asked)),
            problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)));
    account = read;
    return new Settlement(
        read.left(),
        sold.isPresent() ? read.orders().isPresent() : read.left().isPresent(),
        read.problem());
  }

  private SequencedMap<String, Long> leftOfEach(Left question) throws Exception {
    var each = new LinkedHashMap<String, Long>();
    for (var item : items) {
      each.put(item, question.left(item));
    }
    return each;
  }

  private static <T> Optional<T> told(String what, List<String> problems, Callable<T> question) {
    try {
      return Optional.of(question.call());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("interrupted while asking " + what);
    } catch (Exception | AssertionError e) {
      problems.add(what + " cannot be told: " + e);
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private final class Call implements Lease {
    private final PurchaseRequest purchase;

    private Call(PurchaseRequest purchase) {
      this.purchase = purchase;
    }

    @Override
    public Outcome buy() {
      return reply().outcome();
    }

    @Override
    public Timed buy(LongSupplier nanoClock) {
      var call = nanoClock.getAsLong();
      var reply = reply();
      return new Timed(call, nanoClock.getAsLong(), reply.outcome(), reply.order());
    }

    private MethodReply reply() {
      var thread = Thread.currentThread();
      callers.put(thread, purchase);
      try {
        return method.buy(purchase);
      } catch (InterruptedException _) {
        return unknown("interrupted");
      } catch (Throwable e) {
        // Whatever it is, the method may have taken a ticket before.
        return unknown("threw " + e);
      } finally {
        callers.remove(thread);
        // An interrupt was meant for the method.
        var _ = Thread.interrupted();
      }
    }

    private static MethodReply unknown(String why) {
      return new MethodReply(new Outcome.Indeterminate(why), Optional.empty());
    }

    @Override
    public void close() {
      // Nobody waits behind this buyer.
    }
  }
}
