/**
 * Deadlines for whole exchanges on a connection: one watchdog closes each connection whose exchange
 * takes too long. Serves {@code stock.redis} and {@code stock.http}, and depends on neither.
 */
@NullMarked
package io.github.ticketsim.stock.deadline;

import org.jspecify.annotations.NullMarked;
