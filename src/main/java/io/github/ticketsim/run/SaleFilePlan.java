package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.sale.RedisSteps;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.sale.SaleFile;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.sql.SqlAddress;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes of a sale file alone a storm, with what the command line takes if no option is given.
 *
 * @param timeout for connecting, and for each reply
 * @param seed of what is left to chance
 */
public record SaleFilePlan(Path file, Duration timeout, long seed) {
  private static final int USUAL_BUYERS = 5_000;
  private static final int MOST_CONNECTIONS = 64;
  private static final int REPLICAS = 0;

  /**
   * Reads the file.
   *
   * @param doubts is told what would surprise in the storm, in one line each
   * @throws SaleException if the file is wrong, or says too little
   * @throws io.github.ticketsim.stock.StockUnavailableException if the shop cannot be reached
   */
  public StormRun storm(Consumer<String> doubts) {
    var sale = SaleFile.read(file);
    var load = new Load.Closed(sale.wants().buyers().orElse(USUAL_BUYERS), new Demand.Purchases(1));
    var plan = StormPlan.patient(load, timeout);
    return named(
        () ->
            sale.sql().isPresent()
                ? ofDatabase(sale, plan)
                : sale.redis()
                    .map(steps -> ofRedis(sale, steps, plan, doubts))
                    .orElseGet(() -> ofEndpoint(sale, plan)));
  }

  private StormRun ofRedis(Sale sale, RedisSteps steps, StormPlan plan, Consumer<String> doubts) {
    require(steps.purchase(), "purchase");
    require(sale.replies().map(rules -> rules.get(Meaning.SOLD)), "replies, with sold");
    var redis = RedisAccess.to(RedisEndpoint.parse(require(sale.target(), "target")));
    var shop =
        new RedisSalePlan(
            steps, sale, SaleOverrides.NONE, sale.wants(), plan.load(), timeout, REPLICAS);
    shop.surprises(redis, timeout, REPLICAS, StormClock.system()).forEach(doubts);
    var target =
        shop.target(
            redis, connections(plan), /* pipeline= */ false, timeout, REPLICAS, FaultPlan.NONE);
    return run(target, plan.with(shop.purchases(seed), Duration.ZERO));
  }

  private StormRun ofDatabase(Sale sale, StormPlan plan) {
    var address = SqlAddress.parse(require(sale.target(), "target"), System.getenv());
    var shop = new SqlSalePlan(sale, address, sale.wants(), plan.load(), timeout);
    return run(shop.target(connections(plan)), plan.with(shop.purchases(seed), Duration.ZERO));
  }

  private StormRun ofEndpoint(Sale sale, StormPlan plan) {
    require(sale.target(), "target");
    require(sale.purchase(), "purchase");
    if (sale.left().isEmpty() && sale.wants().stock().isEmpty()) {
      throw new IllegalArgumentException(
          "how many tickets there are is not known; add the key stock or left");
    }
    var shop = new EndpointPlan(sale, SaleOverrides.NONE, sale.wants(), plan.load());
    var endpoint = shop.endpoint(connections(plan), timeout);
    return run(endpoint, plan.with(shop.purchases(seed), endpoint.patience()));
  }

  private static StormRun run(Target target, StormPlan plan) {
    return new StormRun(target, plan, Companions.NONE, /* file= */ true);
  }

  private static int connections(StormPlan plan) {
    return plan.load() instanceof Load.Closed(var buyers, _)
        ? Math.min(MOST_CONNECTIONS, buyers)
        : MOST_CONNECTIONS;
  }

  private static <T> T require(Optional<T> value, String key) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("the key " + key + " is missing; add it"));
  }

  private <T> T named(Supplier<T> planning) {
    try {
      return planning.get();
    } catch (IllegalArgumentException e) {
      var problem = String.valueOf(e.getMessage());
      throw new SaleException(problem.startsWith(file + ":") ? problem : file + ": " + problem);
    }
  }
}
