package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisAddress;
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

/** A primary, and a standby if one is asked for. */
public final class PrivateServer implements Deployment {
  private static final Duration IN_STEP_LIMIT = Duration.ofSeconds(20);
  private static final Duration FORCING_LIMIT = Duration.ofSeconds(2);
  private static final Duration STALL_LIMIT = Duration.ofMillis(500);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private volatile BundledRedis primary;
  private volatile Optional<Standby> standby = Optional.empty();
  private volatile Optional<AofLengths> writes = Optional.empty();

  private PrivateServer(BundledRedis primary, LongSupplier nanoClock) {
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
  static PrivateServer start(Persistence persistence, boolean standby, LongSupplier nanoClock) {
    var setup = new ServerConfig(persistence, Optional.empty());
    var deployment = new PrivateServer(BundledRedis.start(setup, nanoClock), nanoClock);
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

  @Override
  public RedisAddress address() {
    return endpoint();
  }

  @Override
  public String words() {
    return primary.persistence().words() + (standby.isPresent() ? " with a replica" : "");
  }

  @Override
  public void awaitInStep() {
    if (standby.isEmpty()) {
      return;
    }
    try (var control = RedisControl.connect(endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
      if (!await(() -> control.replicasInStep() > 0, IN_STEP_LIMIT)) {
        throw new StockUnavailableException(
            "bundled Redis", "its replica does not follow", "try again");
      }
    }
  }

  /**
   * Prepares {@link #losePower}: with {@link Persistence#EVERYSEC} a loss of power can take away
   * what was written in the last second.
   *
   * @return samples how much was written when, until interrupted; empty if all writes are on disk
   */
  public Optional<Runnable> watchWrites() throws IOException {
    if (primary.persistence() != Persistence.EVERYSEC) {
      return Optional.empty();
    }
    var lengths = new AofLengths(primary, nanoClock);
    lengths.begin();
    writes = Optional.of(lengths);
    return Optional.of(lengths);
  }

  /**
   * Kills the primary and restarts it with its files. With {@link Persistence#EVERYSEC} the kill
   * waits for a running fsync, because Redis replies before it writes during one: this fault is the
   * death of a process alone.
   *
   * @return what happened, for people
   */
  public String kill() {
    if (primary.persistence() == Persistence.EVERYSEC) {
      try (var control = RedisControl.connect(endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
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
   * Stops the primary (SIGSTOP) for {@code length}.
   *
   * @param over true ends the pause early
   */
  public String pause(Duration length, BooleanSupplier over) throws InterruptedException {
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

  /** Kills the primary and restarts it with only what the disk is certain to hold. */
  public String losePower() throws IOException {
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

  /** Lets the standby fall behind, then promotes it; the old primary becomes its standby. */
  @Override
  public String failOver(Takeover how, RedisEndpoint serving, Supplier<BooleanSupplier> behind)
      throws IOException {
    var old = primary;
    var promoted = standby.orElseThrow();
    promoted.link().stall();
    var _ = await(behind.get(), STALL_LIMIT);
    old.kill();
    promoted.replica().promote();
    promoted.link().close();
    primary = promoted.replica();
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
