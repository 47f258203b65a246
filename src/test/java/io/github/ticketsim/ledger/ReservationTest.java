package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A reservation is for one attempt. */
class ReservationTest {
  private final MemoryRecords records = new MemoryRecords(10);

  private static Attempt attempt(UUID id) {
    var sold = new Outcome.Sold(OptionalLong.of(9));
    return Attempt.of(id, 1, 0, OptionalLong.of(0), 1, OptionalLong.of(2), sold);
  }

  @Test
  void recordsOneAttempt() {
    var reservation = records.reserve(Optional.empty(), () -> 0);
    reservation.record(attempt(UUID.randomUUID()));
    assertThatThrownBy(() -> reservation.record(attempt(UUID.randomUUID())))
        .isInstanceOf(IllegalStateException.class);
    assertThat(records.size()).isEqualTo(1);
  }

  @Test
  void recordsTheAttemptOfItsIntent() {
    var id = UUID.randomUUID();
    var intent = new Records.Intent(id, 1, "key");
    var reservation = records.reserve(Optional.of(intent), () -> 0);
    assertThatThrownBy(() -> reservation.record(attempt(UUID.randomUUID())))
        .isInstanceOf(IllegalArgumentException.class);
    reservation.record(attempt(id));
    assertThat(records.size()).isEqualTo(1);
  }
}
