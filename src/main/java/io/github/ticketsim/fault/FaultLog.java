package io.github.ticketsim.fault;

import io.github.ticketsim.ledger.Fault;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** The faults that were injected, recorded by many threads at once. */
final class FaultLog {
  private final LongSupplier nanoClock;
  private final Queue<Injected> faults = new ConcurrentLinkedQueue<>();

  private record Injected(FaultSpec fault, long nanos, OptionalLong command, String detail) {

    Fault since(long startNanos) {
      return new Fault(fault.text(), OptionalLong.of(nanos - startNanos), command, detail);
    }
  }

  FaultLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Records a fault that is about to hit a command. */
  void record(FaultSpec.OnTheWire fault, long command, String detail) {
    faults.add(new Injected(fault, nanoClock.getAsLong(), OptionalLong.of(command), detail));
  }

  /** Records a fault that hit the server; it began at {@code nanos} of the clock. */
  void record(FaultSpec.OnTheServer fault, long nanos, String detail) {
    faults.add(new Injected(fault, nanos, OptionalLong.empty(), detail));
  }

  boolean injected(FaultSpec fault) {
    return faults.stream().anyMatch(injected -> injected.fault().equals(fault));
  }

  /** All injected faults, with their times counted from {@code startNanos} of the clock. */
  List<Fault> since(long startNanos) {
    return faults.stream().map(injected -> injected.since(startNanos)).toList();
  }
}
