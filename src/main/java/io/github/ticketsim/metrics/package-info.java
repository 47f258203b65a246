/**
 * How long attempts took and how many were completed a second, computed from a history alone, so
 * that a saved run gives the same figures as the storm did. HdrHistogram stops here.
 */
@NullMarked
package io.github.ticketsim.metrics;

import org.jspecify.annotations.NullMarked;
