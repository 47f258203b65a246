package io.github.ticketsim.http;

/** Something could not be done in time because of what others do. */
final class BusyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem what went on for how long, and what to do
   */
  BusyException(String problem) {
    super(problem);
  }
}
