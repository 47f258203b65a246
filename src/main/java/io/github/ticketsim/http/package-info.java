/**
 * The {@link io.github.ticketsim.service} over HTTP. The only package that knows Helidon.
 *
 * <p>Every wait for a client has a bound: for its next byte, and until it has read the answer; see
 * {@link io.github.ticketsim.http.ConnectionTimeout}.
 */
@NullMarked
package io.github.ticketsim.http;

import org.jspecify.annotations.NullMarked;
