/**
 * From a validated description of a storm to its result: opens what is stormed, storms it, judges
 * and measures the history. Prints nothing, saves nothing and never exits; a {@link
 * io.github.ticketsim.run.RunListener} is told how it goes.
 */
@NullMarked
package io.github.ticketsim.run;

import org.jspecify.annotations.NullMarked;
