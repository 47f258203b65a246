package io.github.ticketsim.service;

import io.github.ticketsim.ledger.HeapRoom;
import io.github.ticketsim.ledger.Ledger;
import java.time.Duration;

/**
 * What the service allows its clients.
 *
 * @param connections open at once; further ones wait in the listen queue
 * @param bodyBytes of one request; a longer one is refused with 413
 * @param requestTime for a request to arrive whole from its first byte on, for a purchase to be
 *     sent to the stock, and for each piece of an answer to be taken
 * @param idleTime between two requests of one connection
 * @param inFlight purchases at once; further ones are refused with 503
 * @param idempotencyKeys remembered; a further one is refused with 503
 */
public record ClientLimits(
    int connections,
    long bodyBytes,
    Duration requestTime,
    Duration idleTime,
    int inFlight,
    int idempotencyKeys) {

  /** How many attempts there is memory for, beside all that these let in. */
  public int recordRoom(long heapBytes) {
    var room =
        Math.min(HeapRoom.attempts(heapBytes, connections, idempotencyKeys), Ledger.MOST_ATTEMPTS);
    // Purchases that are under way when the ledger fills up are still recorded.
    return (int) Math.max(0, room - inFlight);
  }
}
