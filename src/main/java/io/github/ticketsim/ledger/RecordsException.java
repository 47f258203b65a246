package io.github.ticketsim.ledger;

import org.jspecify.annotations.Nullable;

/** It is not certain that an attempt was kept, or what was kept cannot be read. */
public final class RecordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem what happened, in short
   */
  public RecordsException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }
}
