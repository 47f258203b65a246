package io.github.ticketsim.stock.redis;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * The commands that strategies are made of, each with the type of its reply checked: a reply that
 * makes no sense is an exception, and so an indeterminate attempt.
 */
final class Commands {

  private Commands() {}

  static long whole(Connection connection, CommandArguments command) {
    if (connection.executeCommand(command) instanceof Long number) {
      return number;
    }
    throw new IllegalStateException("the reply to " + command.getCommand() + " is no number");
  }

  static CommandArguments decr(String key) {
    return new CommandArguments(Command.DECR).key(key);
  }

  static long decr(Connection connection, String key) {
    return whole(connection, decr(key));
  }

  /** The counter, which must be there. */
  static long get(Connection connection, String key) {
    var left = number(connection, new CommandArguments(Command.GET).key(key));
    return left.orElseThrow(() -> new IllegalStateException("key '" + key + "' is gone"));
  }

  /** A bulk reply that holds a number, or nothing. */
  static OptionalLong number(Connection connection, CommandArguments command) {
    return switch (connection.executeCommand(command)) {
      case null -> OptionalLong.empty();
      case byte[] bytes ->
          OptionalLong.of(Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)));
      case Object other ->
          throw new IllegalStateException(
              "the reply to " + command.getCommand() + " is " + other + ", no number");
    };
  }

  static void set(Connection connection, String key, long value) {
    require("OK", connection, new CommandArguments(Command.SET).key(key).add(value));
  }

  /** Carries out a {@code SET} on a condition, and says whether that held. */
  static boolean done(Connection connection, CommandArguments command) {
    return switch (connection.executeCommand(command)) {
      case null -> false;
      case byte[] bytes when "OK".equals(new String(bytes, StandardCharsets.US_ASCII)) -> true;
      case Object _ ->
          throw new IllegalStateException(
              "the reply to " + command.getCommand() + " is neither OK nor nothing");
    };
  }

  /** Carries out a command that has only this one reply beside errors. */
  static void require(String reply, Connection connection, CommandArguments command) {
    if (!(connection.executeCommand(command) instanceof byte[] bytes
        && reply.equals(new String(bytes, StandardCharsets.US_ASCII)))) {
      throw new IllegalStateException("the reply to " + command.getCommand() + " is not " + reply);
    }
  }
}
