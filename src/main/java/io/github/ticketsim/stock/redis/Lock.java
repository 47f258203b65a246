package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Read and write under a lock: {@code SET NX PX} with a token, released by compare-and-delete, as
 * Redis' documentation of distributed locks describes it for a single instance. Sound as long as
 * the lease outlasts the work.
 *
 * @param key of the stock; the lock is a key of its own
 * @param lease after which Redis releases the lock by itself
 * @param work how long a buyer takes between reading and writing
 * @param maxWait how long to wait for the lock
 * @param nanoClock monotonic
 */
record Lock(String key, Duration lease, Duration work, Duration maxWait, LongSupplier nanoClock)
    implements Strategy {

  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final Script RELEASE =
      Script.of(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """);

  /** A holder makes a few round trips, each bounded by the timeout. */
  private static final int LONG_LEASE_TIMEOUTS = 10;

  private static final Duration SHORT_LEASE = Duration.ofMillis(1);
  private static final Duration LONG_WORK = Duration.ofMillis(3);

  /** Sound: the lease outlasts the work. */
  static Lock withLongLease(String key, Duration timeout, LongSupplier nanoClock) {
    var lease = timeout.multipliedBy(LONG_LEASE_TIMEOUTS);
    return new Lock(key, lease, Duration.ZERO, timeout, nanoClock);
  }

  /** Broken on purpose: the work outlasts the lease. */
  static Lock withShortLease(String key, Duration timeout, LongSupplier nanoClock) {
    return new Lock(key, SHORT_LEASE, LONG_WORK, timeout, nanoClock);
  }

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    var lock = keyBeside(key);
    var writes =
        Stream.of(
            Right.get(key),
            Right.write("set", key, "0"),
            Right.write("set", lock, "0"),
            Right.write("del", lock));
    return Stream.concat(writes, Right.script(lock).stream()).toList();
  }

  @Override
  public Outcome buy(Connection connection) {
    var token = UUID.randomUUID().toString();
    var deadline = nanoClock.getAsLong() + maxWait.toNanos();
    while (!acquire(connection, token)) {
      if (nanoClock.getAsLong() - deadline >= 0) {
        return new Outcome.Failed("no lock within " + maxWait.toMillis() + " ms");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    try {
      return buyLocked(connection);
    } finally {
      release(connection, token);
    }
  }

  private boolean acquire(Connection connection, String token) {
    return connection.executeCommand(
            new CommandArguments(Command.SET)
                .key(keyBeside(key))
                .add(token)
                .add("NX")
                .add("PX")
                .add(lease.toMillis()))
        != null;
  }

  private Outcome buyLocked(Connection connection) {
    var left = Commands.get(connection, key);
    if (left <= 0) {
      return new Outcome.SoldOut(OptionalLong.empty());
    }
    if (work.isPositive()) {
      LockSupport.parkNanos(work.toNanos());
    }
    Commands.set(connection, key, left - 1);
    return new Outcome.Sold(OptionalLong.of(left - 1));
  }

  /** A failed release changes no outcome: the lease ends the lock. */
  private void release(Connection connection, String token) {
    try {
      RELEASE.run(connection, keyBeside(key), token);
    } catch (JedisException | IllegalStateException _) {
      connection.setBroken();
    }
  }

  /** The key of the lock for the stock under {@code key}. */
  static String keyBeside(String key) {
    return key + ":lock";
  }
}
