package io.github.ticketsim;

import io.github.ticketsim.sale.Items;
import io.github.ticketsim.sale.Quantity;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A storm of buyers on a purchase that is a method, for a test of the shop's own build:
 *
 * <pre>{@code
 * var report =
 *     TicketStorm.of(1_000)
 *         .buyers(5_000)
 *         .purchase(purchase -> shop.buy(purchase.customer()) ? Reply.sold() : Reply.soldOut())
 *         .left(shop::left)
 *         .run();
 * assertThat(report.verdict()).isEqualTo(Verdict.VALID);
 * }</pre>
 *
 * <p>Each buyer is a virtual thread, and all of them start at once. Immutable: each method that
 * sets something returns another storm, and one storm can be run any number of times.
 */
public final class TicketStorm {
  private static final int USUAL_BUYERS = 5_000;
  private static final Duration USUAL_STALL_TIMEOUT = Duration.ofSeconds(10);

  private final long tickets;
  private final int buyers;
  private final int purchases;
  private final Wants wants;
  private final long seed;
  private final Duration stallTimeout;
  private final Path folder;

  private TicketStorm(
      long tickets,
      int buyers,
      int purchases,
      Wants wants,
      long seed,
      Duration stallTimeout,
      Path folder) {
    this.tickets = tickets;
    this.buyers = buyers;
    this.purchases = purchases;
    this.wants = wants;
    this.seed = seed;
    this.stallTimeout = stallTimeout;
    this.folder = folder;
  }

  /**
   * A storm of 5,000 buyers, each of which buys one ticket.
   *
   * @param tickets that there are to sell, of each item
   * @throws IllegalArgumentException if there is none
   */
  public static TicketStorm of(long tickets) {
    return new TicketStorm(
        between("tickets", tickets, 1, Long.MAX_VALUE),
        USUAL_BUYERS,
        1,
        Wants.NONE,
        0,
        USUAL_STALL_TIMEOUT,
        Runs.USUAL_FOLDER);
  }

  /**
   * The storm that a sale file describes, as {@code ticket-sim storm --sale} runs it. It needs
   * libraries that ticket-sim does not bring along, such as a driver; {@link SaleFileStorm#run}
   * names the one that is missing.
   *
   * @param saleFile a YAML file; it is read when the storm is run
   */
  public static SaleFileStorm of(Path saleFile) {
    return new SaleFileStorm(saleFile);
  }

  /**
   * The same with so many buyers.
   *
   * @param count virtual threads, from 1 to 1,000,000
   * @throws IllegalArgumentException if {@code count} is out of these bounds
   */
  public TicketStorm buyers(int count) {
    var number = (int) between("buyers", count, 1, Load.MOST_BUYERS);
    return new TicketStorm(tickets, number, purchases, wants, seed, stallTimeout, folder);
  }

  /**
   * The same with so many attempts of each buyer.
   *
   * @param count attempts of each buyer, one after the other
   * @throws IllegalArgumentException if there is none
   */
  public TicketStorm purchases(int count) {
    var number = (int) between("purchases", count, 1, Integer.MAX_VALUE);
    return new TicketStorm(tickets, buyers, number, wants, seed, stallTimeout, folder);
  }

  /**
   * The same, in which buyer b is customer b mod {@code count}, so that a customer buys several
   * times at once. If this is not said, each buyer is a customer of its own.
   *
   * @param count customers, from 1 to 1,000,000
   * @throws IllegalArgumentException if {@code count} is out of these bounds
   */
  public TicketStorm customers(int count) {
    return with(wants.withCustomers((int) between("customers", count, 1, Load.MOST_BUYERS)));
  }

  /**
   * The same, in which no customer may have more tickets than that.
   *
   * @param count tickets of one customer, of all items together
   * @throws IllegalArgumentException if that is none
   */
  public TicketStorm limitPerCustomer(long count) {
    return with(wants.withLimit(between("limit", count, 1, Long.MAX_VALUE)));
  }

  /**
   * The same of several items, named {@code "1"} and so on. Attempts ask for each equally often, in
   * an order drawn by the seed.
   *
   * @param count items, from 1 to 100,000
   * @throws IllegalArgumentException if {@code count} is out of these bounds
   */
  public TicketStorm items(int count) {
    return with(wants.withItems(checked("items", () -> Items.numbered(count))));
  }

  /**
   * The same of items of these names.
   *
   * @param names at least one, each another
   * @throws IllegalArgumentException if there is none, or a name is empty or stands twice
   */
  public TicketStorm items(Collection<String> names) {
    return with(wants.withItems(checked("items", () -> Items.named(List.copyOf(names)))));
  }

  /**
   * The same with so many tickets a purchase.
   *
   * @param count tickets, from 1 to 1,000,000
   * @throws IllegalArgumentException if {@code count} is out of these bounds
   */
  public TicketStorm quantity(int count) {
    return quantity(count, count);
  }

  /**
   * The same with a number of tickets for each purchase that the seed draws.
   *
   * @param least tickets of a purchase, from 1
   * @param most tickets of a purchase, up to 1,000,000
   * @throws IllegalArgumentException if these are no such bounds
   */
  public TicketStorm quantity(int least, int most) {
    return with(wants.withQuantity(checked("quantity", () -> new Quantity(least, most))));
  }

  /**
   * The same, in which some purchases are sent a second time with the same {@link Purchase#key}:
   * one half while the first is under way, the other after its reply. A sound shop sells them once.
   *
   * @param share of the purchases, from 0 to 1
   * @throws IllegalArgumentException if {@code share} is out of these bounds
   */
  public TicketStorm retry(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "retry: %s, expected a share from 0 to 1".formatted(share));
    }
    return with(wants.withRetry(share));
  }

  /**
   * The same with another order of items, and other quantities and retries.
   *
   * @param value the same draws the same; 0 if not set
   */
  public TicketStorm seed(long value) {
    return new TicketStorm(tickets, buyers, purchases, wants, value, stallTimeout, folder);
  }

  /**
   * The same, given up in another time if nobody gets a reply: after {@code length} no purchase
   * begins, after two of them those under way are interrupted, after three {@link ReadyStorm#run}
   * throws.
   *
   * @param length from one reply to the next; 10 s if not set
   * @throws IllegalArgumentException if it is not positive
   */
  public TicketStorm stallTimeout(Duration length) {
    if (!length.isPositive()) {
      throw new IllegalArgumentException(
          "stall timeout: %s, expected a positive duration".formatted(length));
    }
    return new TicketStorm(tickets, buyers, purchases, wants, seed, length, folder);
  }

  /**
   * The same, saved elsewhere.
   *
   * @param path the folder in which runs are saved; {@code target/ticket-sim-runs} if not set
   */
  public TicketStorm out(Path path) {
    return new TicketStorm(tickets, buyers, purchases, wants, seed, stallTimeout, path);
  }

  private TicketStorm with(Wants others) {
    return new TicketStorm(tickets, buyers, purchases, others, seed, stallTimeout, folder);
  }

  /**
   * What a buyer does. Called by many threads at once, for each attempt once.
   *
   * @param method an exception that it throws leaves the attempt indeterminate
   */
  public ReadyStorm purchase(PurchaseMethod method) {
    return new ReadyStorm(this, method, Optional.empty(), false, Optional.empty());
  }

  int buyers() {
    return buyers;
  }

  Load load() {
    return new Load.Closed(buyers, new Demand.Purchases(purchases));
  }

  Wants wants() {
    return wants.withStock(tickets);
  }

  long seed() {
    return seed;
  }

  Duration stallTimeout() {
    return stallTimeout;
  }

  Path folder() {
    return folder;
  }

  private static long between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          most >= Integer.MAX_VALUE
              ? "%s: %d, expected at least %d".formatted(name, value, least)
              : "%s: %d, expected %d to %d".formatted(name, value, least, most));
    }
    return value;
  }

  private static <T> T checked(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Tries to buy. */
  @FunctionalInterface
  public interface PurchaseMethod {
    /**
     * Is called on the thread of the buyer.
     *
     * @throws Exception if it is not known whether a ticket was taken
     */
    Reply buy(Purchase purchase) throws Exception;
  }

  /** Tells how many tickets are left. */
  @FunctionalInterface
  public interface LeftQuery {
    /**
     * Is called after the last attempt.
     *
     * @return tickets
     * @throws Exception if that cannot be told
     */
    long left() throws Exception;
  }

  /** Tells how many tickets are left of an item. */
  @FunctionalInterface
  public interface ItemLeftQuery {
    /**
     * Is called for each item after the last attempt.
     *
     * @param item its name, as in {@link Purchase#item}
     * @return tickets
     * @throws Exception if that cannot be told
     */
    long left(String item) throws Exception;
  }

  /** Tells what the shop believes that it sold. */
  @FunctionalInterface
  public interface OrdersQuery {
    /**
     * Is called after the last attempt.
     *
     * @return all orders of this storm
     * @throws Exception if that cannot be told
     */
    Collection<ShopOrder> orders() throws Exception;
  }
}
