package io.github.ticketsim.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.parts.SkewedStorm.Truth;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockSamplesTest {
  private static final int STORMS = 1_000;
  private static final long MILLI = 1_000_000;

  @TempDir Path folder;

  private static long within(History history) {
    return ((Division.AllParts) history.run().division().orElseThrow()).withinNanos();
  }

  @Test
  void noSoundSaleOfPartsWithSkewedClocksIsInvalid() throws Exception {
    for (var seed = 0; seed < STORMS; seed++) {
      var storm = new SkewedStorm(seed);
      var history = storm.joined(folder, storm.truth());

      assertThat(Verifier.verify(history).result()).as("seed %d", seed).isEqualTo(Result.VALID);
    }
  }

  /** Two neighbours of the order that the replies give, one after the other, change places. */
  private static Optional<List<Truth>> swapped(List<Truth> truth, long apart) {
    for (var i = 0; i < truth.size(); i++) {
      for (var j = i + 1; j < truth.size(); j++) {
        if (truth.get(j).call() - truth.get(i).returned() > apart
            && truth.get(i).part() != truth.get(j).part()) {
          var broken = new ArrayList<>(truth);
          broken.set(i, truth.get(i).with(truth.get(j).value()));
          broken.set(j, truth.get(j).with(truth.get(i).value()));
          return Optional.of(broken);
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void whatIsOutOfOrderByMoreThanTheBoundIsFound() throws Exception {
    var broken = 0;
    for (var seed = 0; seed < STORMS; seed++) {
      var storm = new SkewedStorm(seed);
      var truth = storm.truth();
      // By the clocks, two moments can be closer than they truly are by as much as they can err.
      var apart = 2 * within(storm.joined(folder, truth));
      var other = swapped(truth, apart);
      if (other.isPresent()) {
        broken++;
        var verdict = Verifier.verify(storm.joined(folder, other.get())).result();
        assertThat(verdict).as("seed %d", seed).isEqualTo(Result.INVALID);
      }
    }
    assertThat(broken).isGreaterThan(STORMS * 9 / 10);
  }

  @Test
  void noMomentIsWrongByMoreThanTheBound() {
    for (var seed = 0; seed < STORMS; seed++) {
      var storm = new SkewedStorm(seed);
      for (var part = 0; part < SkewedStorm.PARTS; part++) {
        var bound = storm.found.get(part).boundNanos();
        for (var i = 0; i <= 100; i++) {
          var at = storm.begin() + (storm.end() - storm.begin()) * i / 100;
          assertThat(storm.error(part, at)).as("seed %d", seed).isLessThanOrEqualTo(bound);
        }
        assertThat(bound).as("seed %d", seed).isLessThan(MILLI);
        assertThat(storm.found.get(part).steppedNanos()).isZero();
      }
    }
  }

  /** Readings each 10 ms, of a clock that is {@code ahead} by so much at a time. */
  private static ClockSamples samples(long seconds, LongUnaryOperator ahead) {
    var samples = new ClockSamples();
    for (var now = -1_000 * MILLI; now < seconds * 1_000 * MILLI; now += 10 * MILLI) {
      samples.add(now, now + MILLI / 10, (now + ahead.applyAsLong(now)) / 1_000);
    }
    return samples;
  }

  @Test
  void aClockThatIsSetDuringTheStormIsFoundAndCostsAsMuch() {
    var step = 20 * MILLI;

    var clock = samples(3, now -> now < 1_500 * MILLI ? 0 : -step).clock(0, 0, 3_000 * MILLI);

    assertThat(clock.steppedNanos()).isBetween(step - MILLI, step + MILLI);
    assertThat(clock.boundNanos()).isGreaterThan(step);
  }

  @Test
  void whatDriftsIsFollowed() {
    var clock = samples(10, now -> Math.round(now * 80e-6)).clock(0, 0, 10_000 * MILLI);

    assertThat(clock.ratePpb()).isBetween(79_000L, 81_000L);
    assertThat(clock.boundNanos()).isLessThan(MILLI / 5);
  }

  @Test
  void withoutReadingsAfterTheStormTheBoundGrows() {
    var early = samples(1, _ -> 0);

    assertThat(early.clock(0, 0, 1_000 * MILLI).boundNanos()).isLessThan(MILLI / 5);
    // 500 ppm of 99 s.
    assertThat(early.clock(0, 0, 100_000 * MILLI).boundNanos()).isBetween(49 * MILLI, 51 * MILLI);
  }
}
