/**
 * A stock kept in Redis. The only package that speaks to Redis, and the only one that decides which
 * of its attempts failed and which are indeterminate. {@link RedisStock} sells over a pool of
 * connections, {@link PipelinedStock} over a few shared ones; {@link RedisStrategy} lists the
 * commands that a purchase can consist of.
 */
@NullMarked
package io.github.ticketsim.stock.redis;

import org.jspecify.annotations.NullMarked;
