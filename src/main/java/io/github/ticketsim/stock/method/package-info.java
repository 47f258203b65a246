/** A stock that is sold by a method: a purchase is a call of the user's own code. */
@NullMarked
package io.github.ticketsim.stock.method;

import org.jspecify.annotations.NullMarked;
