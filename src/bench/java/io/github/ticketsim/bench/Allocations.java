package io.github.ticketsim.bench;

import com.sun.management.ThreadMXBean;
import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.redis.BundledRedis;
import io.github.ticketsim.run.RedisAccess;
import io.github.ticketsim.run.RedisTarget;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.redis.Route;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How much of the heap a purchase and its judgement ask for. What Java needs to wake a virtual
 * thread is in it, and how often that happens depends on how busy the machine is; only the row of
 * one thread that the system schedules is always the same.
 */
final class Allocations {
  private static final int BUYERS = 5_000;
  private static final int PURCHASES_EACH = 100;
  private static final int PURCHASES = 100_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String PIPELINE = "pipeline";
  private static final String ONE_THREAD = "one-thread";
  private static final String KEY = "ticket:stock";

  private final Path work;
  private final Table table;

  Allocations(Path work, Table table) {
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    var pool = inFreshJvm("pool");
    var pipeline = inFreshJvm(PIPELINE);
    row(
        "a purchase of one thread that never parks allocates, one `DECR` on a borrowed connection",
        inFreshJvm(ONE_THREAD)[0],
        "250 or less");
    row("a purchase of 5,000 buyers allocates", pool[0], "1,300 or less");
    row("the same with `--pipeline`", pipeline[0], "550 or less");
    row("judging and measuring an attempt of them allocates", pool[1], "64 or less");
  }

  private void row(String what, double bytes, String wanted) {
    table.row(what, String.format(Locale.ROOT, "%.0f bytes", bytes), "", "", wanted);
  }

  private double[] inFreshJvm(String way) throws Exception {
    var figures =
        Processes.output(
            work,
            Path.of(Machine.java()),
            "-Xmx2g",
            "-cp",
            Machine.classPath(),
            Allocations.class.getName(),
            way);
    return Stream.of(figures.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** {@code WAY}: prints bytes a purchase and bytes a judged attempt. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(ONE_THREAD)) {
      System.out.println(ofOneThread());
      return;
    }
    var pipeline = arguments[0].equals(PIPELINE);
    try (var redis = BundledRedis.start(StormClock.system().nanos())) {
      // What is done only once in a process is no part of a purchase.
      var _ = RunResult.of(storm(redis, pipeline));
      var before = allocated();
      var history = storm(redis, pipeline);
      var stormed = allocated();
      var _ = RunResult.of(history);
      var judged = allocated();
      double attempts = history.attempts().size();
      System.out.println((stormed - before) / attempts + " " + (judged - stormed) / attempts);
    }
  }

  private static double ofOneThread() {
    var clock = StormClock.system().nanos();
    try (var redis = BundledRedis.start(clock);
        var stock =
            RedisStock.open(
                Route.to(redis.endpoint()),
                Route.to(redis.endpoint()),
                new RedisStockConfig(RedisStrategy.DECR, KEY, TIMEOUT),
                1,
                "bench",
                clock)) {
      buy(stock, clock);
      var before = allocated();
      buy(stock, clock);
      return (allocated() - before) / (double) PURCHASES;
    }
  }

  private static void buy(Stock stock, LongSupplier clock) {
    for (var i = 0; i < PURCHASES; i++) {
      try (var lease = stock.acquire(() -> true).orElseThrow()) {
        var _ = lease.buy(clock);
      }
    }
  }

  private static History storm(BundledRedis redis, boolean pipeline) throws InterruptedException {
    var target =
        new RedisTarget(
            RedisStrategy.DECR,
            RedisAccess.to(redis.endpoint()),
            KEY,
            OptionalLong.of(1_000),
            pipeline ? 2 : 64,
            pipeline,
            TIMEOUT,
            /* replicas= */ 0,
            FaultPlan.NONE);
    var plan = new StormPlan(BUYERS, new Demand.Purchases(PURCHASES_EACH), TIMEOUT);
    return target.storm(plan, StormClock.system(), RunListener.NONE, Companions.NONE).history();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }
}
