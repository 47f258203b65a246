package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ticketsim.storm.Schedule.Arrivals;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final int MANY = 100_000;

  private static long[] begins(Schedule schedule, int count) {
    var begins = schedule.begins();
    return LongStream.generate(begins::nextLong).limit(count).toArray();
  }

  private static Schedule steady(int perSecond, Arrivals arrivals, long seed) {
    return new Schedule(perSecond, arrivals, Duration.ZERO, seed);
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @Test
  void constantArrivalsComeAtEvenSteps() {
    assertThat(begins(steady(4, Arrivals.CONSTANT, 1), 6))
        .containsExactly(
            millis(0), millis(250), millis(500), millis(750), millis(1000), millis(1250));
  }

  @Test
  void constantArrivalsDoNotDriftOverADay() {
    var schedule = steady(3, Arrivals.CONSTANT, 1);
    var day = 24 * 60 * 60;
    assertThat(begins(schedule, 3 * day + 1)[3 * day]).isEqualTo(Duration.ofDays(1).toNanos());
  }

  @Test
  void theRateRisesInAStraightLineAlongTheRamp() {
    // 10 a second after 2 s: 10 within the ramp, a quarter of them in its first half.
    var schedule = new Schedule(10, Arrivals.CONSTANT, Duration.ofSeconds(2), 1);
    var begins = begins(schedule, 31);
    // n = 10 t^2 / 4 on the ramp, and then one each tenth of a second.
    assertThat(begins[0]).isZero();
    assertThat(begins[1]).isCloseTo((long) (1e9 * Math.sqrt(0.4)), within(1L));
    assertThat(begins[4]).isCloseTo((long) (1e9 * Math.sqrt(1.6)), within(1L));
    assertThat(begins[10]).isEqualTo(millis(2000));
    assertThat(begins[11]).isEqualTo(millis(2100));
    assertThat(begins[30]).isEqualTo(millis(4000));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000, 1000", "2000, 1000, 250", "2000, 2000, 1000", "2000, 3000, 2000"})
  void tellsHowManyToExpect(long rampMillis, long lengthMillis, double expected) {
    for (var arrivals : Arrivals.values()) {
      var schedule = new Schedule(1_000, arrivals, Duration.ofMillis(rampMillis), 17);
      assertThat(schedule.expected(Duration.ofMillis(lengthMillis)))
          .isEqualTo(expected, within(1e-6));
      var made =
          Arrays.stream(begins(schedule, MANY)).filter(nanos -> nanos < millis(lengthMillis));
      // A Poisson count is off by its square root, by four times that hardly ever.
      assertThat((double) made.count()).isEqualTo(expected, within(4 * Math.sqrt(expected)));
    }
  }

  @Test
  void gapsOfPoissonArrivalsAreExponential() {
    var begins = begins(steady(1_000, Arrivals.POISSON, 42), MANY);
    var gaps = IntStream.range(1, MANY).mapToDouble(i -> (begins[i] - begins[i - 1]) / 1e6);
    var sorted = gaps.sorted().toArray();
    assertThat(Arrays.stream(sorted).average().orElseThrow()).isEqualTo(1.0, within(0.01));
    for (var share : new double[] {0.1, 0.5, 0.9, 0.99}) {
      var quantile = -Math.log(1 - share);
      assertThat(sorted[(int) (share * sorted.length)])
          .as("share %s", share)
          .isEqualTo(quantile, within(0.03 * quantile));
    }
  }

  @Test
  void theSameSeedPlansTheSameAndAnotherDoesNot() {
    var first = begins(steady(1_000, Arrivals.POISSON, 7), 1_000);
    assertThat(begins(steady(1_000, Arrivals.POISSON, 7), 1_000)).isEqualTo(first);
    assertThat(begins(steady(1_000, Arrivals.POISSON, 8), 1_000)).isNotEqualTo(first);
    // Computed apart from Java, from the constants of its generator: a seed must outlive a JDK.
    assertThat(first).startsWith(0, 1_311_926, 2_694_904, 3_123_090, 5_398_810);
  }

  @ParameterizedTest
  @EnumSource
  void timeNeverGoesBack(Arrivals arrivals) {
    var schedule = new Schedule(Schedule.MOST_PER_SECOND, arrivals, Duration.ofMillis(10), 3);
    assertThat(begins(schedule, MANY)).isSorted().startsWith(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, Schedule.MOST_PER_SECOND + 1})
  void refusesARateOutOfBounds(int rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> steady(rate, Arrivals.CONSTANT, 1))
        .withMessageContaining(rate + " a second, expected 1 to 1000000");
  }

  @Test
  void refusesARampBackInTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(1, Arrivals.CONSTANT, Duration.ofNanos(-1), 1));
  }
}
