/**
 * Deadlines for whole exchanges on a connection: one watchdog closes each connection whose exchange
 * takes too long. Serves {@code stock.redis}, {@code stock.http} and {@code stock.sql}, and depends
 * on none of them.
 */
@NullMarked
package io.github.ticketsim.stock.deadline;

import org.jspecify.annotations.NullMarked;
