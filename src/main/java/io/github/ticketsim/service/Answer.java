package io.github.ticketsim.service;

import java.util.UUID;

/** What became of one request to buy. */
public sealed interface Answer {

  /** A ticket was sold, or none was left. */
  record Decided(UUID id, long timestampMillis, boolean sold) implements Answer {}

  /** The purchase may or may not have taken a ticket. */
  record Unknown(UUID id, long timestampMillis, String why) implements Answer {}

  /** Proven not executed: nothing was taken, and the same may be tried again. */
  record Refused(Refusal refusal, String why) implements Answer {}

  /** The first request with the same Idempotency-Key has not ended within the time allowed. */
  record Underway() implements Answer {}
}
