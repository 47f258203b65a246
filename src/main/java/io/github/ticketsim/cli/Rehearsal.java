package io.github.ticketsim.cli;

import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Goes through all the motions of a storm beforehand, until Java has compiled what is often run.
 * Without it the first buyers of all would wait several times as long as those after them, and one
 * would measure Java.
 *
 * @param plan of the storm
 */
record Rehearsal(StormPlan plan, StormClock clock) {

  /** From so many attempts on. */
  private static final long WORTH_IT = 100_000;

  private static final Load ROUND = new Load.Closed(1_000, new Demand.Purchases(4));
  private static final int MOST_ROUNDS = 10;

  /** Of the time of a round. With less to do, the compiler is in nobody's way. */
  private static final int QUIET_PERCENT = 20;

  void of(Stock stock) throws InterruptedException {
    var rehearsal = stock.rehearsal();
    if (rehearsal.isEmpty() || plan.load().attempts().orElse(Long.MAX_VALUE) < WORTH_IT) {
      return;
    }
    var compiler = ManagementFactory.getCompilationMXBean();
    var compiling = true;
    for (var round = 0; round < MOST_ROUNDS && compiling; round++) {
      compiling = compilesDuring(rehearsal.get(), compiler);
    }
  }

  private boolean compilesDuring(Stock rehearsal, CompilationMXBean compiler)
      throws InterruptedException {
    var begin = clock.nanos().getAsLong();
    var compiled = compiler.getTotalCompilationTime();
    var _ =
        new Storm(new StormPlan(ROUND, plan.silenceLimit()), rehearsal, clock, PurchaseIds.random())
            .run();
    var millis = TimeUnit.NANOSECONDS.toMillis(clock.nanos().getAsLong() - begin);
    return (compiler.getTotalCompilationTime() - compiled) * 100 > millis * QUIET_PERCENT;
  }
}
