package io.github.ticketsim;

import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.run.OwnStock;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.PurchasePlan;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
 * sets something returns another storm.
 */
public final class TicketStorm {
  private static final int USUAL_BUYERS = 5_000;
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Path USUAL_FOLDER = Path.of("target", "ticket-sim-runs");

  private final long tickets;
  private final int buyers;
  private final int purchases;
  private final OptionalLong limit;
  private final Path folder;

  private TicketStorm(long tickets, int buyers, int purchases, OptionalLong limit, Path folder) {
    this.tickets = tickets;
    this.buyers = buyers;
    this.purchases = purchases;
    this.limit = limit;
    this.folder = folder;
  }

  /**
   * A storm of 5,000 buyers.
   *
   * @param tickets that there are to sell
   * @throws IllegalArgumentException if there is none
   */
  public static TicketStorm of(long tickets) {
    if (tickets < 1) {
      throw new IllegalArgumentException("tickets: %d, expected at least 1".formatted(tickets));
    }
    return new TicketStorm(tickets, USUAL_BUYERS, 1, OptionalLong.empty(), USUAL_FOLDER);
  }

  /**
   * The same with so many buyers.
   *
   * @param count virtual threads, from 1 to 1,000,000
   */
  public TicketStorm buyers(int count) {
    return new TicketStorm(tickets, count, purchases, limit, folder);
  }

  /**
   * The same with so many attempts of each buyer.
   *
   * @param count attempts of each buyer, one after the other
   */
  public TicketStorm purchases(int count) {
    return new TicketStorm(tickets, buyers, count, limit, folder);
  }

  /**
   * The same, in which no customer may have more tickets than that.
   *
   * @param count tickets of one customer
   * @throws IllegalArgumentException if that is none
   */
  public TicketStorm limitPerCustomer(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("limit: %d, expected at least 1".formatted(count));
    }
    return new TicketStorm(tickets, buyers, purchases, OptionalLong.of(count), folder);
  }

  /**
   * The same, saved elsewhere.
   *
   * @param path the folder in which runs are saved; {@code target/ticket-sim-runs} if not set
   */
  public TicketStorm out(Path path) {
    return new TicketStorm(tickets, buyers, purchases, limit, path);
  }

  /**
   * What a buyer does. Called by many threads at once, for each attempt once.
   *
   * @param method an exception that it throws leaves the attempt indeterminate
   */
  public Ready purchase(PurchaseMethod method) {
    return new Ready(this, method, Optional.empty());
  }

  /** Tries to buy one ticket. */
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
     * @throws Exception if that cannot be told
     */
    long left() throws Exception;
  }

  /** A storm that knows what its buyers do. */
  public static final class Ready {
    private final TicketStorm storm;
    private final PurchaseMethod method;
    private final Optional<LeftQuery> left;

    private Ready(TicketStorm storm, PurchaseMethod method, Optional<LeftQuery> left) {
      this.storm = storm;
      this.method = method;
      this.left = left;
    }

    /**
     * How many tickets the shop has left, asked after the last attempt has returned. Without it no
     * run is {@link Verdict#VALID}.
     */
    public Ready left(LeftQuery question) {
      return new Ready(storm, method, Optional.of(question));
    }

    /**
     * Storms, judges, and saves the run in a folder of its own.
     *
     * @throws IllegalArgumentException if there are too few or too many buyers or purchases
     * @throws io.github.ticketsim.report.FolderUnavailableException if the run cannot be saved
     * @throws InterruptedException if this thread is interrupted
     */
    public Report run() throws InterruptedException {
      var plan =
          new StormPlan(storm.buyers, new Demand.Purchases(storm.purchases), STALL_TIMEOUT)
              .with(PurchasePlan.oneTicketEach(storm.limit.isPresent()), Duration.ZERO);
      var clock = StormClock.system();
      var problems = new ArrayList<String>();
      var archive =
          new RunArchive(
              storm.folder, /* gzip= */ false, Optional.empty(), clock.wall(), problems::add);
      var folder = archive.folder(MethodStock.STRATEGY);
      try {
        var target = new OwnStock(MethodStock.STRATEGY, storm.tickets, storm.limit, _ -> stock());
        var run = new StormRun(target, plan);
        var finished = archive.save(run.run(clock, RunListener.NONE), folder, List.of());
        return new Report(finished, problems);
      } finally {
        archive.discardIfEmpty(folder);
      }
    }

    private MethodStock stock() {
      return new MethodStock(
          purchase ->
              method
                  .buy(
                      new Purchase(purchase.buyer(), purchase.customer(), purchase.id().toString()))
                  .outcome(),
          left.map(question -> question::left));
    }
  }
}
