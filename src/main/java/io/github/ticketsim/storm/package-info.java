/**
 * The load generator: many buyers, each a virtual thread, released upon one {@link
 * io.github.ticketsim.stock.Stock}: all at once in a closed load, by a schedule in an open one.
 * Owns the clock by which attempts are stamped.
 */
@NullMarked
package io.github.ticketsim.storm;

import org.jspecify.annotations.NullMarked;
