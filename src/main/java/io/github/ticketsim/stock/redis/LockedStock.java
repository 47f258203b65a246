package io.github.ticketsim.stock.redis;

import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * A number that is sold from under a lock. Whoever died while holding the lock has left it behind
 * until its lease ends, and a new stock must not wait for that.
 */
record LockedStock(CounterStock tickets, String lockKey) implements StockEncoding {

  LockedStock(String key) {
    this(new CounterStock(key), Lock.keyBeside(key));
  }

  @Override
  public void preload(Connection connection, long stock) {
    tickets.preload(connection, stock);
    connection.executeCommand(new CommandArguments(Command.DEL).key(lockKey));
  }

  @Override
  public Optional<String> held(Connection connection) {
    return tickets.held(connection);
  }

  @Override
  public OptionalLong left(Connection connection) {
    return tickets.left(connection);
  }
}
