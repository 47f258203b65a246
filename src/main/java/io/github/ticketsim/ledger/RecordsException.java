package io.github.ticketsim.ledger;

/** It is not certain that an attempt was kept. */
public final class RecordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem what happened, in short
   */
  public RecordsException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
