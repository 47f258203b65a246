package io.github.ticketsim.storm;

import io.github.ticketsim.stock.Outcome;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of a storm under way; buyers write them without getting in each other's way. */
public final class Progress {
  private final LongAdder sold = new LongAdder();
  private final LongAdder soldOut = new LongAdder();
  private final LongAdder limited = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder indeterminate = new LongAdder();

  void add(Outcome.Kind kind) {
    adder(kind).increment();
  }

  /** How many attempts have ended in {@code kind} so far. */
  public long count(Outcome.Kind kind) {
    return adder(kind).sum();
  }

  /** How many attempts have had a reply so far. */
  public long replies() {
    return sold.sum() + soldOut.sum() + limited.sum();
  }

  /** How many attempts have ended so far. */
  public long attempts() {
    return replies() + failed.sum() + indeterminate.sum();
  }

  private LongAdder adder(Outcome.Kind kind) {
    return switch (kind) {
      case SOLD -> sold;
      case SOLD_OUT -> soldOut;
      case LIMITED -> limited;
      case FAILED -> failed;
      case INDETERMINATE -> indeterminate;
    };
  }
}
