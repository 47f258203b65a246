package io.github.ticketsim.service;

/** What was asked could not be done in time, as other requests are under way. */
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem what went on for how long, and what to do
   */
  BusyException(String problem) {
    super(problem);
  }
}
