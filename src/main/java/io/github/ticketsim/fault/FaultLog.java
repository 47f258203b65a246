package io.github.ticketsim.fault;

import io.github.ticketsim.ledger.Fault;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** Where faults are written down as they strike, by many threads at once. */
final class FaultLog {
  private final LongSupplier nanoClock;
  private final Queue<Strike> strikes = new ConcurrentLinkedQueue<>();

  private record Strike(FaultSpec fault, long nanos, OptionalLong command, String detail) {

    Fault since(long startNanos) {
      return new Fault(fault.text(), OptionalLong.of(nanos - startNanos), command, detail);
    }
  }

  FaultLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A fault is about to hit a command. */
  void strike(FaultSpec.OnTheWire fault, long command, String detail) {
    strikes.add(new Strike(fault, nanoClock.getAsLong(), OptionalLong.of(command), detail));
  }

  /** A fault hit the server; it began at {@code nanos} of the clock. */
  void strike(FaultSpec.OnTheServer fault, long nanos, String detail) {
    strikes.add(new Strike(fault, nanos, OptionalLong.empty(), detail));
  }

  boolean struck(FaultSpec fault) {
    return strikes.stream().anyMatch(strike -> strike.fault().equals(fault));
  }

  /** All that struck, with their times counted from {@code startNanos} of the clock. */
  List<Fault> since(long startNanos) {
    return strikes.stream().map(strike -> strike.since(startNanos)).toList();
  }
}
