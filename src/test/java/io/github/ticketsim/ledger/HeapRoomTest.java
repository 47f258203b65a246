package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private static final long GIGABYTE = 1L << 30;

  @Test
  void aSmallHeapHasNoRoomForManyBuyers() {
    assertThat(HeapRoom.attempts(48L << 20, 20_000)).isNegative();
  }

  @Test
  void twoGigabytesHoldTenMillionAttempts() {
    assertThat(HeapRoom.attempts(2 * GIGABYTE, 5_000)).isGreaterThan(10_000_000);
  }

  @Test
  void eightGigabytesHoldAHundredMillionPlainAttempts() {
    assertThat(HeapRoom.plainAttempts(7_500L << 20, 5_000)).isGreaterThan(100_000_000);
  }

  @Test
  void aQuarterOfACommonMachineHoldsAHundredThousandBuyers() {
    assertThat(HeapRoom.attempts(4 * GIGABYTE, 100_000)).isGreaterThan(100_000);
  }
}
