package io.github.ticketsim.stock.redis;

import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Connection;

/** The form in which tickets lie in a Redis key. */
interface StockEncoding {

  /** Replaces whatever the key holds by {@code stock} tickets. */
  void preload(Connection connection, long stock);

  /** What the key holds, in words; empty when it does not exist. */
  Optional<String> held(Connection connection);

  /** How many tickets are left; empty when the key holds no tickets of this form. */
  OptionalLong left(Connection connection);
}
