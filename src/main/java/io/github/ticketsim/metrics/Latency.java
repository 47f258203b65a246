package io.github.ticketsim.metrics;

import io.github.ticketsim.stock.Outcome;

/**
 * The distribution of one phase over the attempts with one outcome, in nanoseconds.
 *
 * @param outcome of the attempts
 * @param phase of their time
 * @param count how many attempts, never 0
 * @param p50 median
 * @param p90 90th percentile
 * @param p99 99th percentile
 * @param p999 99.9th percentile
 * @param max the longest
 */
public record Latency(
    Outcome.Kind outcome,
    Phase phase,
    long count,
    long p50,
    long p90,
    long p99,
    long p999,
    long max) {}
