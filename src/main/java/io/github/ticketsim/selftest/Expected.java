package io.github.ticketsim.selftest;

/** What a judge must make of a kind of history. */
public enum Expected {
  VALID("must be VALID"),
  UNKNOWN("must be UNKNOWN"),
  INVALID("must be INVALID"),
  MALFORMED("must be UNKNOWN, since a record makes no sense"),
  AS_SEARCHED("must be what an exhaustive search finds");

  private final String words;

  Expected(String words) {
    this.words = words;
  }

  /** This in words, as reports show it. */
  public String words() {
    return words;
  }
}
