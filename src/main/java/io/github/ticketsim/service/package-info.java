/**
 * The sale of a service: begins it or resumes the one that the records hold, sells what a {@link
 * io.github.ticketsim.stock.Stock} holds, records each purchase before it is answered, and judges
 * its own history while it runs. How customers reach it is behind a {@link
 * io.github.ticketsim.service.Listener}.
 *
 * <p>Every wait has a bound: for a permit of the records, for a turn at the stock, for its reply,
 * and for another purchase with the same key.
 */
@NullMarked
package io.github.ticketsim.service;

import org.jspecify.annotations.NullMarked;
