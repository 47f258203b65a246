package io.github.ticketsim.fault;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.BundledRedis;
import io.github.ticketsim.stock.redis.Persistence;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The private Redis of one command: a primary, and a standby where one is asked for. */
public final class Deployment implements AutoCloseable {
  private static final Duration IN_STEP_LIMIT = Duration.ofSeconds(20);
  private static final Duration FORCING_LIMIT = Duration.ofSeconds(2);
  private static final Duration STALL_LIMIT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private volatile BundledRedis primary;
  private volatile Optional<Standby> standby = Optional.empty();

  private Deployment(BundledRedis primary, LongSupplier nanoClock) {
    this.primary = primary;
    this.nanoClock = nanoClock;
  }

  /**
   * Starts it.
   *
   * @param standby whether the primary shall have a replica
   * @param nanoClock monotonic, to bound the waits
   * @throws StockUnavailableException when a server does not come up
   */
  public static Deployment start(Persistence persistence, boolean standby, LongSupplier nanoClock) {
    var setup = new BundledRedis.Setup(persistence, Optional.empty());
    var deployment = new Deployment(BundledRedis.start(setup, nanoClock), nanoClock);
    try {
      if (standby) {
        deployment.standby = Optional.of(Standby.start(deployment.primary, persistence, nanoClock));
      }
      return deployment;
    } catch (IOException e) {
      deployment.close();
      throw broken(e);
    } catch (RuntimeException e) {
      deployment.close();
      throw e;
    }
  }

  /** How to reach the server that is the primary now. */
  public RedisEndpoint endpoint() {
    return primary.endpoint();
  }

  /** What it is beyond a server that keeps nothing, for people; begins with a blank. */
  public String words() {
    return (primary.persistence().keeps() ? " with appendfsync " + primary.persistence() : "")
        + (standby.isPresent() ? " with a replica" : "");
  }

  /**
   * Waits until the standby, if there is one, has all that the primary has.
   *
   * @throws StockUnavailableException when that takes too long
   */
  public void awaitInStep() {
    if (standby.isEmpty()) {
      return;
    }
    try (var control = RedisControl.connect(endpoint(), PATIENCE)) {
      if (!await(() -> control.replicasInStep() > 0, IN_STEP_LIMIT)) {
        throw new StockUnavailableException(
            "bundled Redis", "its replica does not follow", "try again");
      }
    }
  }

  /** Starts to watch what a loss of power would leave, where that can be less than was written. */
  Optional<WrittenLengths> watchWrites() throws IOException {
    if (primary.persistence() != Persistence.EVERYSEC) {
      return Optional.empty();
    }
    var writes = new WrittenLengths(primary, nanoClock);
    writes.begin();
    return Optional.of(writes);
  }

  /**
   * Kills the primary and starts it again with its files. With {@link Persistence#EVERYSEC} not
   * while the file is being forced to the disk, since Redis then replies before it writes: this is
   * about the death of a process alone.
   *
   * @return what happened, for people
   */
  String kill() {
    if (primary.persistence() == Persistence.EVERYSEC) {
      try (var control = RedisControl.connect(endpoint(), PATIENCE)) {
        var _ = await(() -> !control.forcing(), FORCING_LIMIT);
        primary.kill();
      }
    } else {
      primary.kill();
    }
    primary.restart();
    return "Redis was killed and restarted, " + kept();
  }

  private String kept() {
    return primary.persistence().keeps() ? "with its append-only file" : "empty";
  }

  /**
   * Stops the primary where it stands for {@code length}.
   *
   * @param over whether nobody needs it to stand still any longer
   */
  String pause(Duration length, BooleanSupplier over) throws InterruptedException {
    var begun = nanoClock.getAsLong();
    primary.pause();
    try {
      var _ = await(over, length);
    } finally {
      primary.resume();
    }
    return "Redis stood still for %d ms"
        .formatted(Duration.ofNanos(nanoClock.getAsLong() - begun).toMillis());
  }

  /**
   * Kills the primary and starts it again with what the disk is sure to hold.
   *
   * @param writes what had been written when; empty where all that was acknowledged is sure
   */
  String losePower(Optional<WrittenLengths> writes) throws IOException {
    primary.kill();
    var detail = "Redis lost power and was restarted, " + kept();
    if (writes.isPresent()) {
      var written = primary.writtenBytes();
      var sure = writes.get().oneSecondBefore(nanoClock.getAsLong());
      primary.cutBack(sure);
      detail += ", cut back by %d of %d bytes".formatted(written - sure, written);
    }
    primary.restart();
    if (writes.isPresent()) {
      writes.get().begin();
    }
    return detail;
  }

  /**
   * Lets the standby fall behind, then take over; the old primary becomes its standby.
   *
   * @param behind asked once the standby gets nothing any more: whether enough has happened since
   */
  String failOver(Supplier<BooleanSupplier> behind) throws IOException {
    var old = primary;
    var heir = standby.orElseThrow();
    heir.link().stall();
    var _ = await(behind.get(), STALL_LIMIT);
    old.kill();
    heir.replica().promote();
    heir.link().close();
    primary = heir.replica();
    standby = Optional.of(Standby.restart(old, primary, nanoClock));
    return "replication stalled, the primary was killed and its replica promoted";
  }

  private boolean await(BooleanSupplier condition, Duration limit) {
    var deadline = nanoClock.getAsLong() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (nanoClock.getAsLong() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  private static StockUnavailableException broken(IOException e) {
    return new StockUnavailableException(
        "bundled Redis", String.valueOf(e.getMessage()), "try again");
  }

  @Override
  public void close() {
    standby.ifPresent(Standby::close);
    primary.close();
  }
}
