/**
 * A Redis as a process: the bundled server with its guard, and the private deployment of one
 * command, a primary with or without a replica. Starts, kills, pauses, restarts and promotes
 * servers, and proxies connections to them. Sells nothing: {@code stock.redis} does, and does not
 * know this package.
 */
@NullMarked
package io.github.ticketsim.redis;

import org.jspecify.annotations.NullMarked;
