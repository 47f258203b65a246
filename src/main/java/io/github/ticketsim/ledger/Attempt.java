package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One recorded try to buy.
 *
 * @param id UUID v7 of the purchase, unique in the run
 * @param timestampMillis epoch milliseconds, for people; never orders anything
 * @param buyer which buyer, counted from 0
 * @param intendedNanos when an open load had planned this attempt to begin, since the storm began;
 *     empty in a closed load
 * @param poolWaitNanos from the beginning of the attempt, in a closed load the return of the
 *     buyer's last, to {@code callNanos}: time spent waiting for a turn; empty if not known
 * @param callNanos read before the command was sent, since the storm began, on a monotonic clock
 * @param returnNanos read after the reply, on the same clock; empty if no reply arrived
 * @param outcome how it ended
 * @param particulars what was asked for, and on whose behalf
 */
public record Attempt(
    UUID id,
    long timestampMillis,
    int buyer,
    OptionalLong intendedNanos,
    OptionalLong poolWaitNanos,
    long callNanos,
    OptionalLong returnNanos,
    Outcome outcome,
    Particulars particulars) {

  /** An attempt to buy one ticket of the only item, in a closed load. */
  public static Attempt of(
      UUID id,
      long timestampMillis,
      int buyer,
      OptionalLong poolWaitNanos,
      long callNanos,
      OptionalLong returnNanos,
      Outcome outcome) {
    return new Attempt(
        id,
        timestampMillis,
        buyer,
        OptionalLong.empty(),
        poolWaitNanos,
        callNanos,
        returnNanos,
        outcome,
        Particulars.NONE);
  }

  /** The same at the times that {@code clock} leads to. */
  Attempt at(PartClock clock) {
    if (clock.equals(PartClock.EXACT)) {
      return this;
    }
    var call = clock.common(callNanos);
    return new Attempt(
        id,
        timestampMillis,
        buyer,
        common(clock, intendedNanos),
        poolWaitNanos.isPresent()
            ? OptionalLong.of(call - clock.common(callNanos - poolWaitNanos.getAsLong()))
            : poolWaitNanos,
        call,
        common(clock, returnNanos),
        outcome,
        particulars);
  }

  private static OptionalLong common(PartClock clock, OptionalLong nanos) {
    return nanos.isPresent() ? OptionalLong.of(clock.common(nanos.getAsLong())) : nanos;
  }

  /** The same, to which no reply arrived, so that nobody knows its outcome. */
  Attempt unanswered(String why) {
    return with(OptionalLong.empty(), new Outcome.Indeterminate(why), particulars);
  }

  /** The same with another outcome. */
  public Attempt with(Outcome other) {
    return with(returnNanos, other, particulars);
  }

  /** The same of other particulars. */
  public Attempt with(Particulars others) {
    return with(returnNanos, outcome, others);
  }

  private Attempt with(OptionalLong returned, Outcome told, Particulars asked) {
    return new Attempt(
        id, timestampMillis, buyer, intendedNanos, poolWaitNanos, callNanos, returned, told, asked);
  }
}
