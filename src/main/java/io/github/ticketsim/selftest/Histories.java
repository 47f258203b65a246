package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes up histories; the n-th attempt has the n-th id and is the n-th buyer's. */
public final class Histories {
  private static final Instant STARTED = Instant.parse("2026-11-22T08:20:31.123Z");
  private static final UUID RUN = UUID.fromString("01a20257-b113-7ccc-8ddd-000000000000");

  private final Model model;
  private final long stock;
  private final List<Attempt> attempts = new ArrayList<>();
  private Ending ending = History.cutOff();

  private Histories(Model model, long stock) {
    this.model = model;
    this.stock = stock;
  }

  /** A history without attempts yet, of a sale that begins with {@code stock} tickets. */
  public static Histories of(Model model, long stock) {
    return new Histories(model, stock);
  }

  /** The same in model counter. */
  public static Histories counter(long stock) {
    return of(Model.COUNTER, stock);
  }

  /** The same in model bounded. */
  public static Histories bounded(long stock) {
    return of(Model.BOUNDED, stock);
  }

  /** The same in model tally. */
  public static Histories tally(long stock) {
    return of(Model.TALLY, stock);
  }

  /** An id that no other {@code number} has. */
  public static UUID id(int number) {
    return new UUID(RUN.getMostSignificantBits(), RUN.getLeastSignificantBits() + number);
  }

  /** An attempt of which only what a verdict reads is of interest. */
  public static Attempt attempt(int number, long call, OptionalLong returned, Outcome outcome) {
    return Attempt.of(
        id(number),
        STARTED.toEpochMilli() + number,
        number,
        OptionalLong.empty(),
        call,
        returned,
        outcome);
  }

  /** Adds a sale with {@code value} in its reply; times are nanoseconds since the storm began. */
  public Histories sold(long call, long returned, long value) {
    return replied(call, returned, new Outcome.Sold(OptionalLong.of(value)));
  }

  /** Adds a sale whose reply carries no value. */
  public Histories sold(long call, long returned) {
    return replied(call, returned, new Outcome.Sold(OptionalLong.empty()));
  }

  /** Adds a refusal with {@code value} in its reply. */
  public Histories refused(long call, long returned, long value) {
    return replied(call, returned, new Outcome.SoldOut(OptionalLong.of(value)));
  }

  /** Adds a refusal whose reply carries no value. */
  public Histories refused(long call, long returned) {
    return replied(call, returned, new Outcome.SoldOut(OptionalLong.empty()));
  }

  /** Adds an attempt that was not executed. */
  public Histories failed(long call, long returned) {
    return replied(call, returned, new Outcome.Failed("connection refused"));
  }

  /** Adds an attempt whose reply never came. */
  public Histories indeterminate(long call) {
    return add(
        attempt(
            attempts.size(),
            call,
            OptionalLong.empty(),
            new Outcome.Indeterminate("read timed out")));
  }

  /** Adds {@code attempt} as it is. */
  public Histories add(Attempt attempt) {
    attempts.add(attempt);
    return this;
  }

  /** Adds all of {@code more} as they are. */
  public Histories addAll(Collection<Attempt> more) {
    attempts.addAll(more);
    return this;
  }

  /** Ends the history with a settled read. */
  public Histories left(long left) {
    return ended(Settlement.settled(left));
  }

  /** Ends the history with what was read afterwards. */
  public Histories ended(Settlement settlement) {
    ending = new Ending(settlement, Ending.StopReason.NONE);
    return this;
  }

  /** The history so far; one that was never ended was cut off. */
  public History build() {
    var run =
        Run.of(
            RUN,
            STARTED,
            "made-up",
            model,
            "ticket:stock",
            stock,
            attempts.size(),
            Optional.empty());
    return History.of(run, Attempts.of(attempts), ending);
  }

  private Histories replied(long call, long returned, Outcome outcome) {
    return add(attempt(attempts.size(), call, OptionalLong.of(returned), outcome));
  }
}
