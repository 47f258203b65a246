package io.github.ticketsim.stock;

import java.util.OptionalLong;

/**
 * How an attempt ended.
 *
 * <p>The line between {@link Failed} and {@link Indeterminate} carries the verdict: an attempt is
 * failed only if it is <em>proven</em> that it was not executed. When unsure, it is indeterminate.
 */
public sealed interface Outcome {

  /** A reply arrived and says that a ticket was sold; {@code value} is the counter it carried. */
  record Sold(OptionalLong value) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SOLD;
    }
  }

  /** A reply arrived and says that nothing is left; {@code value} is the counter it carried. */
  record SoldOut(OptionalLong value) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SOLD_OUT;
    }
  }

  /**
   * A reply arrived and says that this customer may have no more tickets; {@code value} is the
   * counter it carried.
   */
  record Limited(OptionalLong value) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.LIMITED;
    }
  }

  /** Proven not executed; {@code error} says in short what happened. */
  record Failed(String error) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }
  }

  /** Sent, or perhaps sent, fate unknown; {@code error} says in short what happened. */
  record Indeterminate(String error) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.INDETERMINATE;
    }
  }

  /** The outcomes without what they carry, in the order in which reports list them. */
  enum Kind {
    SOLD("sold"),
    SOLD_OUT("sold_out"),
    LIMITED("limited"),
    FAILED("failed"),
    INDETERMINATE("indeterminate");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The word for this outcome in files and reports. */
    public String wireName() {
      return wireName;
    }

    /** The outcome as reports show it. */
    public String words() {
      return wireName.replace('_', ' ');
    }

    /** The outcome of this kind; {@code value} and {@code error} as far as it carries them. */
    public Outcome of(OptionalLong value, String error) {
      return switch (this) {
        case SOLD -> new Sold(value);
        case SOLD_OUT -> new SoldOut(value);
        case LIMITED -> new Limited(value);
        case FAILED -> new Failed(error);
        case INDETERMINATE -> new Indeterminate(error);
      };
    }

    /** Whether a reply arrived that says what became of the attempt. */
    public boolean replied() {
      return this == SOLD || this == SOLD_OUT || this == LIMITED;
    }
  }

  /** Which of them this is. */
  Kind kind();

  /** The counter that the reply carried; empty if it carried none, or there was no reply. */
  default OptionalLong value() {
    return OptionalLong.empty();
  }

  /** What happened, if no reply says what became of the attempt; else empty. */
  default String error() {
    return "";
  }
}
