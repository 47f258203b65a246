/** Limits on how long a connection may take for what it does. */
@NullMarked
package io.github.ticketsim.stock.deadline;

import org.jspecify.annotations.NullMarked;
