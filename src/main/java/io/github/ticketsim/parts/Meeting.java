package io.github.ticketsim.parts;

import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.storm.StormShare;
import java.time.Duration;

/**
 * Where and how parts meet.
 *
 * @param redis in which they meet
 * @param timeout for connecting, and for each reply
 * @param most how long a part waits for others, each time that it has to
 * @param share which part is ours
 * @param terms what all parts must have in common, a line each
 */
public record Meeting(
    RedisEndpoint redis, Duration timeout, Duration most, StormShare share, String terms) {

  static final String KEY = "ticket-sim:gathering";
}
