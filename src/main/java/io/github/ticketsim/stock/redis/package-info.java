/**
 * A stock kept in Redis. The only package that speaks to Redis, and the only place where it is
 * decided which attempts failed and which are indeterminate.
 */
@NullMarked
package io.github.ticketsim.stock.redis;

import org.jspecify.annotations.NullMarked;
