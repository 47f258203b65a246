package io.github.ticketsim.metrics;

/**
 * A distribution of times in nanoseconds. Percentiles are rounded up in the third digit, by less
 * than 0.1 %; the longest is exact.
 *
 * @param count how many values, never 0
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param p999 99.9th percentile
 * @param max the longest
 */
public record Percentiles(
    long count, long p50, long p90, long p95, long p99, long p999, long max) {}
