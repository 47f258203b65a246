package io.github.ticketsim.stock;

/** The stock cannot be used as it is: unreachable, refusing, or holding something else. */
public final class StockUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the endpoint or key, without secrets
   * @param problem what is wrong, in the server's own words if it answered
   * @param cure what the user can do about it
   */
  public StockUnavailableException(String where, String problem, String cure) {
    super(where + ": " + problem + "; " + cure);
  }
}
