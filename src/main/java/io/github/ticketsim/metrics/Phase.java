package io.github.ticketsim.metrics;

/** The parts of an attempt's time. */
public enum Phase {
  /** From arrival to the head of the line with a connection in hand. */
  POOL_WAIT("pool wait"),
  /** From before the command was sent to after the reply was read. */
  ROUND_TRIP("round trip"),
  /** Both together: what a buyer of a closed load sees. */
  TOTAL("total"),
  /**
   * The same in an open load, and counted from when the attempt was planned to begin. A generator
   * that comes late cannot hide it: without that, a stall of the stock would hold up the attempts
   * that were to measure it (coordinated omission).
   */
  RESPONSE("response");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  /** The phase as reports show it. */
  public String words() {
    return words;
  }
}
