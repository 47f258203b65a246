/**
 * What is being sold: a {@link io.github.ticketsim.stock.Stock} of tickets, the lease under which a
 * buyer buys from it, and the four outcomes that an attempt can have. Knows no transport.
 */
@NullMarked
package io.github.ticketsim.stock;

import org.jspecify.annotations.NullMarked;
