/**
 * The ticket service: sells over HTTP what a {@link io.github.ticketsim.stock.Stock} holds, records
 * each purchase before it answers, and judges its own history while it runs. {@link
 * io.github.ticketsim.http.TicketService} knows nothing of HTTP; {@link
 * io.github.ticketsim.http.TicketServer} and what it starts is the only place that knows Helidon.
 *
 * <p>Every wait has a bound: for a client's next byte and for its reading of the answer ({@link
 * io.github.ticketsim.http.Patience}), for a connection to the stock, and for the stock's reply.
 */
@NullMarked
package io.github.ticketsim.http;

import org.jspecify.annotations.NullMarked;
