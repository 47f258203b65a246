/**
 * Faults put into a storm on purpose: on the wire between the pool and Redis, by a proxy that
 * understands the protocol just well enough to hit one command or one reply, and on the bundled
 * server itself. What was injected when is recorded for the history; the verdict says whether the
 * sale survived it.
 */
@NullMarked
package io.github.ticketsim.fault;

import org.jspecify.annotations.NullMarked;
