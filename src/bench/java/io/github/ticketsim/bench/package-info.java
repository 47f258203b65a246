/**
 * The benchmarks behind {@code scripts/bench}: ticket-sim and what it is compared with, in turns on
 * one machine, each in a process of its own.
 */
@NullMarked
package io.github.ticketsim.bench;

import org.jspecify.annotations.NullMarked;
