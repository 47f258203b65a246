package io.github.ticketsim.verify;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param name which check
 * @param status what it found
 * @param detail one sentence: the figures of a pass, what is broken, or why it was not exercised
 * @param witness the attempts that prove a failure; empty where figures alone prove it
 */
public record Check(Name name, Status status, String detail, Optional<Witness> witness) {

  /** The checks, in the order in which they are reported. */
  public enum Name {
    OVERSELL("oversell"),
    DUPLICATE_TICKET("duplicate ticket"),
    UNDERSELL("undersell"),
    FALSE_SOLD_OUT("false sold-out"),
    REAL_TIME_ORDER("real-time order"),
    CONSERVATION("conservation"),
    UNIQUE_ID("unique id"),
    LIMIT("limit"),
    FALSE_LIMITED("false limited"),
    IDEMPOTENCY("idempotency"),
    LOST_ORDER("lost order"),
    DOUBLE_ORDER("double order"),
    GHOST_ORDER("ghost order");

    private final String words;

    Name(String words) {
      this.words = words;
    }

    /** The name as reports show it. */
    public String words() {
      return words;
    }

    /** Whether it is about a stock, and so about each item by itself. */
    boolean ofStock() {
      return compareTo(UNIQUE_ID) < 0;
    }
  }

  /** What a check found. */
  public enum Status {
    PASS("pass"),
    FAIL("fail"),
    NOT_EXERCISED("not exercised");

    private final String words;

    Status(String words) {
      this.words = words;
    }

    /** The status as reports show it. */
    public String words() {
      return words;
    }
  }
}
