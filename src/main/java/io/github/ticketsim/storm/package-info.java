/**
 * The load generator: many buyers, each a virtual thread, released at once upon one {@link
 * io.github.ticketsim.stock.Stock}. Owns the clock by which attempts are stamped.
 */
@NullMarked
package io.github.ticketsim.storm;

import org.jspecify.annotations.NullMarked;
