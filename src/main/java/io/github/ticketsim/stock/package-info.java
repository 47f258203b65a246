/**
 * What is being sold: a {@link io.github.ticketsim.stock.Stock} of tickets, the turn at which a
 * buyer stands before it, and the four outcomes an attempt can have. Knows nothing of Redis.
 */
@NullMarked
package io.github.ticketsim.stock;

import org.jspecify.annotations.NullMarked;
