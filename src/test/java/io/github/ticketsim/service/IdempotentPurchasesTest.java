package io.github.ticketsim.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdempotentPurchasesTest {
  private static final int CLIENTS = 4;

  /** Again and again, as only some of the meetings are close. */
  @Test
  void theLastPlaceIsForAllWhoComeWithItsKey() throws Exception {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (var i = 0; i < 20_000; i++) {
        var purchases = new IdempotentPurchases(1, Duration.ofSeconds(30));
        var together = new CyclicBarrier(CLIENTS);
        Callable<Answer> request =
            () -> {
              together.await();
              return purchases.once(
                  "key", () -> new Answer.Decided(UUID.randomUUID(), 1, /* sold= */ true));
            };
        var answers =
            threads.invokeAll(IntStream.range(0, CLIENTS).mapToObj(_ -> request).toList());
        var first = answers.getFirst().get();
        assertThat(first).isInstanceOf(Answer.Decided.class);
        for (var answer : answers) {
          assertThat(answer.get()).isEqualTo(first);
        }
        assertThat(purchases.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void whereThereIsNoRoomNothingIsBoughtAndNoPlaceIsLost() {
    var purchases = new IdempotentPurchases(1, Duration.ofSeconds(30));
    var sold = new Answer.Decided(UUID.randomUUID(), 1, /* sold= */ true);
    assertThat(purchases.once("first", () -> sold)).isEqualTo(sold);
    for (var i = 0; i < 3; i++) {
      var refused =
          purchases.once(
              "second",
              () -> {
                throw new AssertionError("bought");
              });
      assertThat(refused).isInstanceOf(Answer.Refused.class);
      assertThat(purchases.size()).isEqualTo(1);
    }
    assertThat(purchases.once("first", () -> sold)).isEqualTo(sold);
  }
}
