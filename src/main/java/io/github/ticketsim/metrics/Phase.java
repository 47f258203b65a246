package io.github.ticketsim.metrics;

/** The parts of an attempt's time. */
public enum Phase {
  /** From arrival to the head of the line with a connection in hand. */
  POOL_WAIT("pool wait"),
  /** From before the command was sent to after the reply was read. */
  ROUND_TRIP("round trip"),
  /** Both together: what the buyer sees. */
  TOTAL("total");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  /** The phase as reports show it. */
  public String words() {
    return words;
  }
}
