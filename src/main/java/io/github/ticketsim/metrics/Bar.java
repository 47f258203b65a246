package io.github.ticketsim.metrics;

/**
 * One bar of a histogram.
 *
 * @param belowNanos all its values are smaller than this, and not smaller than the previous bar's
 * @param count how many
 */
public record Bar(long belowNanos, long count) {}
