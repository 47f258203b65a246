package io.github.ticketsim.stock.redis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** How the stock is encoded in a Redis key. */
interface StockEncoding {

  /** What a preload needs, and a look at what was there. */
  List<Right> rights();

  /** Replaces whatever the key holds by {@code stock} tickets. */
  void preload(Connection connection, long stock);

  /** What the key holds, as text; empty if it does not exist. */
  Optional<String> held(Connection connection);

  /** How many tickets are left; empty if the key holds no stock in this encoding. */
  OptionalLong left(Connection connection);
}
