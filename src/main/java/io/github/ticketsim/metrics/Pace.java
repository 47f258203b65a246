package io.github.ticketsim.metrics;

import java.util.OptionalDouble;

/**
 * How many attempts there were a second, since the first one began or the warm-up was over; empty
 * where too few tell.
 *
 * @param asked as planned, until the last was to begin: the mean, where the rate was rising; empty
 *     in a closed load
 * @param started until the generator had let the last get in line; empty in a closed load
 * @param sent until the last was called, without those that failed: most never left, and those that
 *     did were not executed
 */
public record Pace(OptionalDouble asked, OptionalDouble started, OptionalDouble sent) {}
