package io.github.ticketsim.ledger;

import java.util.OptionalLong;

/**
 * A fault that was injected into a storm, or was asked for and had no occasion.
 *
 * @param fault as the user asked for it, such as {@code drop-reply:1%}
 * @param atNanos when it struck, on the clock of the attempts; empty if it never did
 * @param command the number of the command it hit, counted from 1 over all connections; empty for
 *     faults that hit the server
 * @param detail what happened, in short
 */
public record Fault(String fault, OptionalLong atNanos, OptionalLong command, String detail) {

  /** The same at the time that {@code clock} leads to. */
  Fault at(PartClock clock) {
    return atNanos.isPresent()
        ? new Fault(fault, OptionalLong.of(clock.common(atNanos.getAsLong())), command, detail)
        : this;
  }
}
