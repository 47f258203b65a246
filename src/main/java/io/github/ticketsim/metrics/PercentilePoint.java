package io.github.ticketsim.metrics;

/**
 * A point of a distribution.
 *
 * @param percentile from 0 to 100
 * @param nanos that share of the times is not longer
 */
public record PercentilePoint(double percentile, long nanos) {}
