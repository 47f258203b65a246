package io.github.ticketsim.stock.redis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * A list of tokens, one a ticket. Each is the number of tickets left once it is taken, so that a
 * token is its own reply.
 */
record ListStock(String key) implements StockEncoding {
  private static final int TOKENS_A_COMMAND = 1_000;

  @Override
  public List<Right> rights() {
    return List.of(
        Right.harmless("llen", key), Right.write("del", key), Right.write("rpush", key, "0"));
  }

  @Override
  public void preload(Connection connection, long stock) {
    connection.executeCommand(new CommandArguments(Command.DEL).key(key));
    for (var left = stock - 1; left >= 0; ) {
      var push = new CommandArguments(Command.RPUSH).key(key);
      for (var tokens = 0; tokens < TOKENS_A_COMMAND && left >= 0; tokens++) {
        push.add(left--);
      }
      connection.executeCommand(push);
    }
  }

  @Override
  public Optional<String> held(Connection connection) {
    var length = length(connection);
    return length == 0 ? Optional.empty() : Optional.of(length + " tokens");
  }

  @Override
  public OptionalLong left(Connection connection) {
    // An empty list does not exist: nothing left and never preloaded look alike.
    return OptionalLong.of(length(connection));
  }

  private long length(Connection connection) {
    if (!(connection.executeCommand(new CommandArguments(Command.LLEN).key(key))
        instanceof Long length)) {
      throw new IllegalStateException("the reply to LLEN is no number");
    }
    return length;
  }
}
