package io.github.ticketsim.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The right to take one ticket, and the duty to record its attempt, once. For one thread. */
public final class Reservation {
  private final Optional<UUID> id;
  private final Consumer<Attempt> records;
  private boolean recorded;

  /**
   * @param intent of which the attempt must have the id
   * @param records takes the attempt
   */
  public Reservation(Optional<Records.Intent> intent, Consumer<Attempt> records) {
    this.id = intent.map(Records.Intent::id);
    this.records = records;
  }

  /**
   * Records the attempt. Once this returns, the attempt may be acknowledged.
   *
   * @throws RecordsException if it is not certain that the attempt is recorded
   */
  public void record(Attempt attempt) {
    if (recorded) {
      throw new IllegalStateException("attempt " + attempt.id() + ": its purchase is recorded");
    }
    if (id.isPresent() && !id.get().equals(attempt.id())) {
      throw new IllegalArgumentException(
          "attempt %s: its intent has id %s".formatted(attempt.id(), id.get()));
    }
    recorded = true;
    records.accept(attempt);
  }
}
