package io.github.ticketsim.metrics;

import io.github.ticketsim.stock.Outcome;

/**
 * How long one phase took over the attempts with one outcome.
 *
 * @param outcome of the attempts
 * @param phase of their time
 * @param times how long
 */
public record Latency(Outcome.Kind outcome, Phase phase, Percentiles times) {}
