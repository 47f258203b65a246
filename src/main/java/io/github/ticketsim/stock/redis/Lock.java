package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Read and write under a lock: {@code SET NX PX} with a token, released by compare-and-delete, as
 * Redis' documentation of distributed locks describes it for a single instance. Sound as long as
 * the lease outlasts the work.
 *
 * @param key of the stock; the lock stands beside it
 * @param lease after which Redis releases the lock by itself
 * @param work how long a buyer thinks between reading and writing
 * @param patience how long to wait for the lock
 * @param tokens a new one for each holder
 * @param nanoClock monotonic
 */
record Lock(
    String key,
    Duration lease,
    Duration work,
    Duration patience,
    Supplier<String> tokens,
    LongSupplier nanoClock)
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

  @Override
  public Outcome buy(Connection connection) {
    var token = tokens.get();
    var deadline = nanoClock.getAsLong() + patience.toNanos();
    while (!acquire(connection, token)) {
      if (nanoClock.getAsLong() - deadline >= 0) {
        return new Outcome.Failed("no lock within " + patience.toMillis() + " ms");
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

  /** However this ends, the outcome stands, and the lease ends the lock. */
  private void release(Connection connection, String token) {
    try {
      RELEASE.run(connection, keyBeside(key), token);
    } catch (JedisException | IllegalStateException _) {
      connection.setBroken();
    }
  }

  /** Where the lock of the stock under {@code key} stands. */
  static String keyBeside(String key) {
    return key + ":lock";
  }
}
