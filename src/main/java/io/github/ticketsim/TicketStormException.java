package io.github.ticketsim;

import org.jspecify.annotations.Nullable;

/**
 * A storm did not begin, or did not end. The message is one line that says why, and what to do
 * about it.
 */
public final class TicketStormException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TicketStormException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
