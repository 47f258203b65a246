package io.github.ticketsim.ledger;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int WRITERS = 500;
  private static final int EACH = 2 * Chunk.SLOTS / WRITERS + 300;

  @Test
  void startsEmpty() {
    assertThat(new Ledger().freeze().size()).isZero();
  }

  @RepeatedTest(5)
  void losesNothingThatManyBuyersWriteAtOnce() {
    // Made beforehand, so that the writers do nothing but get in each other's way.
    var attempts = IntStream.range(0, WRITERS * EACH).mapToObj(LedgerTest::anyKind).toList();
    var ledger = new Ledger();
    var start = new Phaser(WRITERS);
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var first = 0; first < attempts.size(); first += EACH) {
        var own = attempts.subList(first, first + EACH);
        writers.execute(
            () -> {
              start.arriveAndAwaitAdvance();
              own.forEach(ledger::append);
            });
      }
    }
    assertThat(attempts).hasSizeGreaterThan(2 * Chunk.SLOTS);
    assertThat(all(ledger.freeze()).stream().sorted(comparingInt(Attempt::buyer)).toList())
        .isEqualTo(attempts);
  }

  @Test
  void keepsAttemptsAcrossTheBorderOfAChunk() {
    var ledger = new Ledger();
    var size = Chunk.SLOTS + 1;
    IntStream.range(0, size).mapToObj(LedgerTest::anyKind).forEach(ledger::append);
    var attempts = ledger.freeze();
    assertThat(attempts.size()).isEqualTo(size);
    for (var index : new int[] {0, Chunk.SLOTS - 1, Chunk.SLOTS}) {
      assertThat(attempts.get(index)).isEqualTo(anyKind(index));
    }
  }

  @Test
  void roomThatIsNotUsedHoldsNoAttempts() {
    var ledger = new Ledger();
    ledger.append(anyKind(0));
    ledger.reserve(2 * Chunk.SLOTS + 1);
    ledger.append(anyKind(1));
    assertThat(all(ledger.freeze())).containsExactly(anyKind(0), anyKind(1));
  }

  @Test
  void keepsOneCopyOfAnErrorAndABoundedNumberOfThem() {
    var texts = new ErrorTexts();
    var first = texts.keep("refused 0");
    assertThat(texts.keep("refused " + Integer.parseInt("0"))).isSameAs(first);
    var others = IntStream.range(0, 5_000).mapToObj(i -> texts.keep("error " + i)).distinct();
    assertThat(others).hasSizeLessThan(1_001).contains("error 0");
    assertThat(texts.keep("refused 0")).isSameAs(first);
  }

  @Test
  void doesNotGrowWhatWasFrozen() {
    var ledger = new Ledger();
    ledger.append(anyKind(0));
    var frozen = ledger.freeze();
    ledger.append(anyKind(1));
    assertThat(frozen.size()).isEqualTo(1);
    assertThat(ledger.freeze().size()).isEqualTo(2);
  }

  @Test
  void makesAttemptsOfAListAsIfTheyHadBeenAppended() {
    for (var size : new int[] {0, 1, Chunk.SLOTS, Chunk.SLOTS + 1}) {
      var list = IntStream.range(0, size).mapToObj(LedgerTest::anyKind).toList();
      assertThat(all(Attempts.of(list))).isEqualTo(list);
    }
  }

  @Test
  void countsByKind() {
    var attempts = Attempts.of(IntStream.range(0, 10).mapToObj(LedgerTest::anyKind).toList());
    assertThat(attempts.count(Outcome.Kind.SOLD)).isEqualTo(3);
    assertThat(attempts.count(Outcome.Kind.SOLD_OUT)).isEqualTo(3);
    assertThat(attempts.count(Outcome.Kind.FAILED)).isEqualTo(2);
    assertThat(attempts.count(Outcome.Kind.INDETERMINATE)).isEqualTo(2);
  }

  @Test
  void tellsColumnsAndObjectsAlike() {
    var attempts = Attempts.of(IntStream.range(0, 100).mapToObj(LedgerTest::anyKind).toList());
    for (var i = 0; i < attempts.size(); i++) {
      var attempt = attempts.get(i);
      assertThat(new UUID(attempts.idHigh(i), attempts.idLow(i))).isEqualTo(attempt.id());
      assertThat(attempts.kind(i)).isEqualTo(attempt.outcome().kind());
      assertThat(attempts.buyer(i)).isEqualTo(attempt.buyer());
      assertThat(attempts.callNanos(i)).isEqualTo(attempt.callNanos());
      assertThat(optional(attempts.hasReturn(i), attempts.returnNanos(i)))
          .isEqualTo(attempt.returnNanos());
      assertThat(optional(attempts.hasPoolWait(i), attempts.poolWaitNanos(i)))
          .isEqualTo(attempt.poolWaitNanos());
      assertThat(optional(attempts.hasIntended(i), attempts.intendedNanos(i)))
          .isEqualTo(attempt.intendedNanos());
    }
  }

  @Test
  void anAttemptBeginsAsItWasPlannedOrElseWhenItGotInLine() {
    var sold = new Outcome.Sold(OptionalLong.of(0));
    var none = OptionalLong.empty();
    var id = Histories.id(0);
    var attempts =
        Attempts.of(
            List.of(
                new Attempt(
                    id,
                    0,
                    0,
                    OptionalLong.of(20),
                    OptionalLong.of(50),
                    100,
                    none,
                    sold,
                    Particulars.NONE),
                Attempt.of(id, 0, 0, OptionalLong.of(50), 100, none, sold),
                Attempt.of(id, 0, 0, none, 100, none, sold)));
    assertThat(IntStream.range(0, 3).mapToLong(attempts::beginNanos))
        .containsExactly(20L, 50L, 100L);
  }

  /** An attempt that differs from every other in every field. */
  private static Attempt anyKind(int number) {
    var value = optional(number % 3 > 0, -number);
    return new Attempt(
        Histories.id(number),
        1_795_335_631_123L + number,
        number,
        optional(number % 2 > 0, number * 3L),
        optional(number % 5 > 0, number * 7L),
        number * 11L,
        optional(number % 7 > 0, number * 13L),
        switch (number % 4) {
          case 0 -> new Outcome.Sold(value);
          case 1 -> new Outcome.SoldOut(value);
          case 2 -> new Outcome.Failed("refused " + number % 100);
          default -> new Outcome.Indeterminate("timed out " + number % 100);
        },
        Particulars.NONE);
  }

  private static OptionalLong optional(boolean present, long value) {
    return present ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static List<Attempt> all(Attempts attempts) {
    return IntStream.range(0, attempts.size()).mapToObj(attempts::get).toList();
  }
}
