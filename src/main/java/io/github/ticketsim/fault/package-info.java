/**
 * Faults put into a storm on purpose: on the wire between the pool and Redis, by a proxy that
 * understands the protocol just well enough to hit one command or one reply, and on the bundled
 * server itself. What struck when is recorded for the history; whether the sale survived it is for
 * the verdict to say.
 */
@NullMarked
package io.github.ticketsim.fault;

import org.jspecify.annotations.NullMarked;
