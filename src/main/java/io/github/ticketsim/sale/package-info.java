/**
 * A sale as its shop describes it: the sale file, what differs from purchase to purchase, and what
 * replies mean. Knows no transport. YAML and CSV are read here alone.
 */
@NullMarked
package io.github.ticketsim.sale;

import org.jspecify.annotations.NullMarked;
