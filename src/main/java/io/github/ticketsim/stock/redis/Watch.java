package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Optimistic locking: read under {@code WATCH}, decrement in a transaction that Redis drops if the
 * key has changed since; try again then.
 */
record Watch(String key) implements Strategy {
  private static final int MOST_TRIES = 1_000;

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(
        Right.harmless("watch", key),
        Right.get(key),
        Right.harmless("unwatch"),
        Right.harmless("exec"),
        Right.MULTI,
        Right.write("decr", key));
  }

  @Override
  public Outcome buy(Connection connection) {
    for (var tried = 0; tried < MOST_TRIES; tried++) {
      try {
        if (!prepare(connection)) {
          return new Outcome.SoldOut(OptionalLong.empty());
        }
      } catch (JedisRedirectionException e) {
        connection.setBroken();
        throw e;
      } catch (JedisException e) {
        // The connection may be left inside the transaction.
        connection.setBroken();
        return notExecuted(e);
      }
      switch (connection.executeCommand(new CommandArguments(Command.EXEC))) {
        case null -> {
          // Another buyer was faster.
        }
        case List<?> replies
            when replies.size() == 1 && replies.getFirst() instanceof Long left -> {
          return new Outcome.Sold(OptionalLong.of(left));
        }
        case Object other -> throw new IllegalStateException("the reply to EXEC is " + other);
      }
    }
    return new Outcome.Failed("others were faster " + MOST_TRIES + " times");
  }

  /**
   * Nothing is executed before EXEC, if Redis has confirmed that it queues the decrement or has not
   * been sent it. Any other error may hide that the decrement was executed at once.
   */
  private static Outcome notExecuted(JedisException e) {
    var words = "before EXEC: " + RedisProblem.oneLine(e);
    return e instanceof JedisDataException error && !NotExecutedError.proves(error)
        ? new Outcome.Indeterminate(words)
        : new Outcome.Failed(words);
  }

  /** Queues the decrement; false if nothing is left. */
  private boolean prepare(Connection connection) {
    connection.executeCommand(new CommandArguments(Command.WATCH).key(key));
    if (Commands.get(connection, key) <= 0) {
      connection.executeCommand(new CommandArguments(Command.UNWATCH));
      return false;
    }
    Commands.require("OK", connection, new CommandArguments(Command.MULTI));
    Commands.require("QUEUED", connection, Commands.decr(key));
    return true;
  }
}
