package io.github.ticketsim.stock.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Where a Redis is, however it is deployed, and how to log in. */
public sealed interface RedisAddress permits RedisEndpoint, SentinelAddress, ClusterAddress {

  /**
   * Reads a URI of any kind.
   *
   * @param login what beside the URI says how to log in
   * @throws IllegalArgumentException when {@code text} is none; the message says what is wrong and
   *     what is right, without repeating a password
   */
  static RedisAddress parse(String text, RedisLogin login) {
    var uri = RedisUri.parse(text);
    return switch (uri.scheme()) {
      case RedisUri.SENTINEL -> SentinelAddress.of(uri, login);
      case RedisUri.CLUSTER -> ClusterAddress.of(uri, login);
      default -> RedisEndpoint.of(uri, login);
    };
  }

  /** The address for messages: without user and password. */
  String label();

  /** Whether connections are encrypted. */
  boolean tlsSpoken();

  /** How it is deployed, behind the version of its server; begins with a comma, or is empty. */
  String words();

  /**
   * The way to the server that has {@code key}.
   *
   * @param timeout for connecting, and for each reply
   * @param nanoClock monotonic
   */
  Route route(byte[] key, Duration timeout, LongSupplier nanoClock);

  /**
   * The ways to all servers that have some of {@code keys}.
   *
   * @param keys at least one
   * @param timeout for connecting, and for each reply
   * @param nanoClock monotonic
   * @throws io.github.ticketsim.stock.StockUnavailableException if a cluster does not say who has
   *     them
   */
  default Shards shards(List<byte[]> keys, Duration timeout, LongSupplier nanoClock) {
    return Shards.of(route(keys.getFirst(), timeout, nanoClock));
  }
}
