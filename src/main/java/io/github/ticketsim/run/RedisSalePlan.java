package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.redis.BundledRedis;
import io.github.ticketsim.sale.RedisSteps;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.ClusterAddress;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisSale;
import io.github.ticketsim.stock.redis.Rehearsal;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchasePlan;
import io.github.ticketsim.storm.StormClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes of what options and file say together a sale over Redis that a storm can begin with. What
 * is wrong with it is an {@link IllegalArgumentException} that says where.
 */
public final class RedisSalePlan {
  private final RedisSteps steps;
  private final Wants wants;
  private final BuyerPlan buyers;
  private final RedisSale sale;

  /**
   * @param options which win over {@code file}
   * @param wants as both say it
   * @param timeout for connecting, and for each reply
   * @param replicas that must acknowledge a purchase before it counts; 0 for none
   */
  public RedisSalePlan(
      RedisSteps steps,
      Sale file,
      SaleOverrides options,
      Wants wants,
      Load load,
      Duration timeout,
      int replicas) {
    var rules = options.redisRules(file);
    this.steps = steps;
    this.wants = wants;
    this.buyers = new BuyerPlan(wants, load, /* prepared= */ false, steps.orders().isPresent());
    this.sale = new RedisSale(steps, rules, buyers.values(), timeout, replicas);
    requireStock();
    requireItems();
    if (rules.orderAt().isPresent()
        && steps.orders().isPresent()
        && steps.orders().get().order().isEmpty()) {
      throw new IllegalArgumentException(
          steps.orders().get().line().where()
              + ": replies name orders, so these must too; write it as a mapping with command and"
              + " order");
    }
  }

  private void requireStock() {
    if (wants.stock().isPresent()) {
      return;
    }
    if (steps.left().isEmpty()) {
      throw new IllegalArgumentException(
          "how many tickets there are is not known; pass --stock N, or say stock or left in the"
              + " sale file");
    }
    for (var line : steps.setup()) {
      if (line.text().contains("{{stock}}")) {
        throw new IllegalArgumentException(
            line.where() + ": {{stock}} is not known; pass --stock N, or say stock in the file");
      }
    }
  }

  private void requireItems() {
    var items = buyers.values().items().size();
    steps
        .left()
        .filter(line -> items > 1 && !line.text().contains("item}}"))
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(
                  "%s: %s says the same of each of %d items; put {{item}} into it"
                      .formatted(line.where(), line.text(), items));
            });
  }

  /** Who buys what. */
  public PurchasePlan purchases(long seed) {
    return buyers.purchases(seed);
  }

  /**
   * What would surprise in a storm, found out without a change to {@code redis}.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if it cannot be reached, or would
   *     refuse a command
   */
  public List<String> surprises(
      RedisAccess redis, Duration timeout, int replicas, StormClock clock) {
    var rehearsal = new Rehearsal(sale);
    if (redis.address() instanceof ClusterAddress cluster) {
      rehearsal.requireOneSlot(cluster.label());
    }
    var shards = redis.shards(sale, timeout);
    var rights = redis.checkSale(sale, shards, replicas, timeout);
    try (var real = shards.control(timeout)) {
      var others = Stream.of(rehearsal.slots(), dryRun(rehearsal, real, clock));
      return Stream.concat(rights.stream(), others.flatMap(Optional::stream)).toList();
    }
  }

  /** A private Redis alone is a place where a script cannot touch what it does not name. */
  private static Optional<String> dryRun(Rehearsal rehearsal, RedisControl real, StormClock clock) {
    try (var scratch = BundledRedis.start(clock.nanos());
        var control = RedisControl.connect(scratch.endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
      return rehearsal.dryRun(real, control);
    } catch (StockUnavailableException | NoClassDefFoundError _) {
      // Not every machine can run the bundled Redis, and not every user of the library has it; the
      // storm goes without a rehearsal.
      return Optional.empty();
    }
  }

  /** What is stormed. */
  public ShopTarget target(
      RedisAccess redis,
      int connections,
      boolean pipeline,
      Duration timeout,
      int replicas,
      FaultPlan faults) {
    return new RedisShop(
        sale,
        buyers.terms(),
        new RedisCourse(
            redis,
            () -> redis.shards(sale, timeout),
            connections,
            pipeline,
            timeout,
            replicas,
            faults));
  }
}
