package io.github.ticketsim.stock.redis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * A number that is sold under a lock. A buyer that died with the lock has left it behind until its
 * lease ends; a preload deletes it, so that the sale does not wait.
 */
record LockedStock(CounterStock tickets, String lockKey) implements StockEncoding {

  LockedStock(String key) {
    this(new CounterStock(key), Lock.keyBeside(key));
  }

  @Override
  public List<Right> rights() {
    return Stream.concat(tickets.rights().stream(), Stream.of(Right.write("del", lockKey)))
        .toList();
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
