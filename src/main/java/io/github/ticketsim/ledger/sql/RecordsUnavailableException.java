package io.github.ticketsim.ledger.sql;

import org.jspecify.annotations.Nullable;

/** The database of the records cannot be used; the message says which, why, and what to do. */
public final class RecordsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordsUnavailableException(
      RecordsUrl url, String problem, String cure, @Nullable Throwable cause) {
    super("--records %s: %s; %s".formatted(url.label(), problem, cure), cause);
  }
}
