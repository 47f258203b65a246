package io.github.ticketsim.fault;

import io.github.ticketsim.fault.FaultSpec.Moment;
import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.redis.PrivateServer;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.Shards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Watches a storm, and injects each fault of the server when it is due, one after the other. */
final class ServerFaults implements Runnable {
  private static final long POLL_MILLIS = 1;

  /**
   * How far a standby falls behind before it takes over: so many replies to attempts that the old
   * primary executed alone.
   */
  private static final int REPLIES_BEHIND = 100;

  private final List<FaultSpec.OnTheServer> faults;
  private final Deployment deployment;
  private final Shards shards;
  private final StormProgress course;
  private final FaultLog log;
  private final LongSupplier nanoClock;

  ServerFaults(
      List<FaultSpec.OnTheServer> faults,
      Deployment deployment,
      Shards shards,
      StormProgress course,
      FaultLog log,
      LongSupplier nanoClock) {
    this.faults = faults;
    this.deployment = deployment;
    this.shards = shards;
    this.course = course;
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /** Ends with the storm. */
  @Override
  public void run() {
    var pending = new ArrayList<>(faults);
    try {
      while (!pending.isEmpty() && !course.over()) {
        var due = pending.stream().filter(fault -> isDue(fault.moment())).toList();
        pending.removeAll(due);
        for (var fault : due) {
          inject(fault);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDue(Moment moment) {
    return switch (moment) {
      case Moment.AtShare(var share) -> course.replies() > 0 && course.share() >= share;
      case Moment.After(var time) -> course.elapsed().compareTo(time) >= 0;
    };
  }

  private void inject(FaultSpec.OnTheServer fault) throws InterruptedException {
    var begun = nanoClock.getAsLong();
    String detail;
    try {
      detail =
          switch (fault) {
            case FaultSpec.Kill _ -> single().kill();
            case FaultSpec.Pause(_, _, var length) -> single().pause(length, course::over);
            case FaultSpec.PowerLoss _ -> single().losePower();
            case FaultSpec.Failover(_, _, var how) ->
                deployment.failOver(how, shards.first().serverAskedAnew(), this::fallenBehind)
                    + whichOfSeveral();
          };
    } catch (IOException | StockUnavailableException e) {
      // The storm notices that the server is gone; its record must not be lost.
      detail = "went wrong: " + e.getMessage();
    }
    log.record(fault, begun, detail);
  }

  /** The others that sell are left as they are. */
  private String whichOfSeveral() {
    var primaries = shards.routes().size();
    return primaries == 1
        ? ""
        : " (that of the first item, 1 of %d that sell)".formatted(primaries);
  }

  /** See {@link FaultPlan#requireFits}. */
  private PrivateServer single() {
    if (deployment instanceof PrivateServer server) {
      return server;
    }
    throw new IllegalStateException("a fault of a single server hit several");
  }

  /**
   * Call once the replication has stalled. Commands that are in flight then may have reached the
   * standby, and get their replies first.
   */
  private BooleanSupplier fallenBehind() {
    var enough = course.replies() + course.mostInFlight() + REPLIES_BEHIND;
    return () -> course.replies() >= enough || course.over();
  }
}
