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

  /** The four outcomes without what they carry, in the order in which reports list them. */
  enum Kind {
    SOLD("sold"),
    SOLD_OUT("sold_out"),
    FAILED("failed"),
    INDETERMINATE("indeterminate");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word for this outcome in files and reports. */
    public String word() {
      return word;
    }

    /** Whether a reply arrived that says what became of the attempt. */
    public boolean replied() {
      return this == SOLD || this == SOLD_OUT;
    }
  }

  /** Which of the four this is. */
  Kind kind();
}
