package io.github.ticketsim.stock;

/** What a strategy promises of its replies, and so what its history is judged by. */
public enum Model {
  /** Every executed attempt takes one from the counter, below zero too; each reply carries it. */
  COUNTER("counter"),
  /** A sale takes one and says what is left; a refusal takes nothing and carries no value. */
  BOUNDED("bounded"),
  /** Replies say only sold or sold out. */
  TALLY("tally");

  private final String wireName;

  Model(String wireName) {
    this.wireName = wireName;
  }

  /** The word for this model in files and reports. */
  public String wireName() {
    return wireName;
  }
}
