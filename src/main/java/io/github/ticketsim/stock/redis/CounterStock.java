package io.github.ticketsim.stock.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** A number: how many tickets are left. */
record CounterStock(String key) implements StockEncoding {

  @Override
  public List<Right> rights() {
    return List.of(Right.get(key), Right.write("set", key, "0"));
  }

  @Override
  public void preload(Connection connection, long stock) {
    connection.executeCommand(new CommandArguments(Command.SET).key(key).add(stock));
  }

  @Override
  public Optional<String> held(Connection connection) {
    return connection.executeCommand(new CommandArguments(Command.GET).key(key))
            instanceof byte[] bytes
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public OptionalLong left(Connection connection) {
    var held = held(connection);
    try {
      // As strict as Redis: it would not count "+5" or "007" down.
      return held.isPresent() && Long.toString(Long.parseLong(held.get())).equals(held.get())
          ? OptionalLong.of(Long.parseLong(held.get()))
          : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
