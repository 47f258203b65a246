package io.github.ticketsim.report;

import java.util.List;

/**
 * Several runs side by side.
 *
 * @param runs in the order in which they ran
 */
public record Comparison(List<RunReport> runs) {}
