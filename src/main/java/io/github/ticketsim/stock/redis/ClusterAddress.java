package io.github.ticketsim.stock.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A Redis Cluster, as a {@code redis-cluster://} URI says it.
 *
 * @param seeds some of its nodes
 */
public record ClusterAddress(List<RedisEndpoint> seeds) implements RedisAddress {
  /** Copies {@code seeds}. */
  public ClusterAddress {
    seeds = List.copyOf(seeds);
  }

  static ClusterAddress of(RedisUri uri, RedisLogin login) {
    uri.requireNoOther();
    if (!uri.path().isEmpty() && !uri.path().equals("0")) {
      throw new IllegalArgumentException("has a path, but a cluster has database 0 alone");
    }
    return new ClusterAddress(
        uri.addresses(RedisEndpoint.USUAL_PORT).stream()
            .map(
                address ->
                    new RedisEndpoint(
                        address,
                        login.tls(uri),
                        uri.user().orElse(null),
                        login.password(uri).orElse(null),
                        0))
            .toList());
  }

  @Override
  public String label() {
    return (tlsSpoken() ? "rediss" : "redis")
        + "-cluster://"
        + seeds.stream().map(seed -> seed.address().toString()).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return label();
  }

  @Override
  public boolean tlsSpoken() {
    return seeds.getFirst().tls().isPresent();
  }

  @Override
  public String words() {
    return ", a cluster";
  }

  @Override
  public Route route(byte[] key, Duration timeout, LongSupplier nanoClock) {
    return new SlotOwners(this).route(List.of(key), timeout, nanoClock);
  }

  /** One way for each primary that has some of the keys; no purchase needs two. */
  @Override
  public Shards shards(List<byte[]> keys, Duration timeout, LongSupplier nanoClock) {
    return Shards.of(new SlotOwners(this), keys, timeout, nanoClock);
  }
}
