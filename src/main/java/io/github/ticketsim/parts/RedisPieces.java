package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.PieceStore;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.SharedRedis;
import java.time.Duration;
import java.util.Optional;

/** Pieces as lists of a Redis, which go by themselves if nobody fetches them. */
public final class RedisPieces implements PieceStore {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final SharedRedis redis;

  private RedisPieces(SharedRedis redis) {
    this.redis = redis;
  }

  /** Connects within {@code timeout}, which bounds each reply too. */
  public static RedisPieces connect(RedisEndpoint endpoint, Duration timeout) {
    return new RedisPieces(SharedRedis.connect(endpoint, timeout));
  }

  @Override
  public void append(String name, long number, byte[] piece) {
    redis.append(name, piece, LIFETIME);
  }

  @Override
  public Optional<byte[]> piece(String name, long number) {
    return redis.element(name, number);
  }

  @Override
  public void rename(String from, String to) {
    redis.rename(from, to);
  }

  @Override
  public void delete(String name) {
    redis.delete(name);
  }

  @Override
  public void close() {
    redis.close();
  }
}
