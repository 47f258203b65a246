/**
 * ticket-sim storms a Redis stock key with thousands of buyers and proves from the recorded history
 * whether the sale was sound. Dependencies run one way: {@code cli} to {@code storm}, {@code
 * report} and {@code stock.redis}, {@code report} to {@code selftest}, those to {@code verify} and
 * {@code metrics}, those to {@code ledger} and {@code stock}.
 */
@NullMarked
package io.github.ticketsim;

import org.jspecify.annotations.NullMarked;
