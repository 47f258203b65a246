package io.github.ticketsim.service;

import java.util.Locale;

/** Why a purchase was certainly not executed. */
public enum Refusal {
  /** Too many purchases are under way. */
  IN_FLIGHT,
  /** The service is about to end. */
  CLOSING,
  /** Nothing can be recorded. */
  RECORDS,
  /** No further Idempotency-Key can be remembered. */
  IDEMPOTENCY_KEYS,
  /** The stock did not execute it; the attempt is recorded as failed. */
  NOT_EXECUTED;

  /** As in answers and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
