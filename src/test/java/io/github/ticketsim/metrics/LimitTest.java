package io.github.ticketsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "p99>50ms, p99, true, 50e6",
    "p50<7ns, p50, false, 7",
    "p95>50ms, p95, true, 50e6",
    "round_trip.p95 >= 2ms, round_trip.p95, true, 2e6",
    "p99>=50ms, p99, true, 50e6",
    "throughput<=10k/s, throughput, false, 10e3",
    "p99.9>0.5s, p99.9, true, 500e6",
    "' max > 250 us ', max, true, 250e3",
    "pool_wait.p90>1s, pool_wait.p90, true, 1e9",
    "round_trip.p99.9>2ms, round_trip.p99.9, true, 2e6",
    "throughput<10k/s, throughput, false, 10e3",
    "throughput<1.5M, throughput, false, 1.5e6",
    "max>2m, max, true, 120e9",
    "max>1h, max, true, 3600e9",
    "rate<10K/s, rate, false, 10e3",
    "rate<1_500 /s, rate, false, 1500",
    "rate<500, rate, false, 500",
    "rate<500/s, rate, false, 500",
    "failed>0%, failed, true, 0",
    "indeterminate>0.5%, indeterminate, true, 0.5",
  })
  void readsAMetricASignAndABound(String text, String metric, boolean above, double bound) {
    var limit = Limit.parse(text);
    assertThat(limit.metric().word()).isEqualTo(metric);
    assertThat(limit.above()).isEqualTo(above);
    assertThat(limit.bound()).isEqualTo(bound, within(1e-6));
    assertThat(limit.text()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p99",
        "p99=50ms",
        "p99=>50ms",
        "p99>>50ms",
        "p99>",
        ">50ms",
        "p99>-1ms",
        "p99>fast",
        "p99>1e3ms",
        "p99>50ms,p50>1ms",
        "p99>.5ms",
        "p99>50 ms ms",
      })
  void refusesWhatIsNoLimit(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limit.parse(text))
        .withMessageContaining(
            "'" + text + "' is no limit; write METRIC, <, <=, > or >=, and a bound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p98>1ms", "p999>1ms", "latency>1ms", "total.p99>1ms", "sold>1%"})
  void refusesAMetricItDoesNotKnowAndNamesThoseItDoes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limit.parse(text))
        .withMessageContainingAll(
            "'" + text + "'", "expected one of p50, p90, p95, p99, p99.9, max, ")
        .withMessageContainingAll("round_trip.p99.9, ", "throughput, rate, failed, indeterminate");
  }

  @ParameterizedTest
  @CsvSource({
    "p99>50, a time such as 50ms",
    "p99>50%, a time such as 50ms",
    "p99>50k, a time such as 50ms",
    "throughput<10ms, a rate such as 500 or 10k/s",
    "rate<10m/s, a rate such as 500 or 10k/s",
    "p99>50M, a time such as 50ms",
    "failed>1%/s, a share such as 1%",
    "failed>1, a share such as 1%",
    "failed>1k, a share such as 1%",
  })
  void refusesABoundInAnotherUnit(String text, String accepted) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limit.parse(text))
        .withMessageContainingAll("'" + text + "'", accepted);
  }

  private static LimitResult result(String limit) {
    // One second from begin to end; round trips of 1 s and 0.5 s, behind each other.
    var second = 1_000_000_000L;
    return Limit.parse(limit)
        .on(
            Measurements.of(
                Histories.counter(1)
                    .sold(0, second / 2, 0)
                    .refused(0, second, -1)
                    .add(
                        Histories.attempt(
                            2, 0, OptionalLong.of(second), new Outcome.Failed("refused")))
                    .add(
                        Histories.attempt(
                            3, 0, OptionalLong.empty(), new Outcome.Indeterminate("reset")))
                    .left(-1)
                    .build()));
  }

  @ParameterizedTest
  @CsvSource({
    "p50>400ms, 100e6",
    "p50>600ms, -100e6",
    "p50<600ms, 100e6",
    "max>900ms, 100e6",
    "round_trip.p99>900ms, 100e6",
    "throughput<3, 1",
    "throughput<1, -1",
    "failed>20%, 5",
    "indeterminate>25%, 0",
    "indeterminate<26%, 1",
  })
  void isMissedByWhatLiesBeyondTheBound(String limit, double excess) {
    var result = result(limit);
    assertThat(result.excess())
        .isEqualTo(excess, within(Math.max(1e-9, 0.001 * 1e9 * time(limit))));
    assertThat(result.missed()).isEqualTo(excess > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "indeterminate>=25%, true",
    "indeterminate<=25%, true",
    "indeterminate>25%, false",
    "indeterminate<25%, false",
    "indeterminate>=26%, false",
    "indeterminate<=24%, false",
    "indeterminate>=24%, true",
    "indeterminate<=26%, true",
    "p95>=1h, false",
  })
  void atTheBoundItIsMissedOnlyWithAnEqualsSign(String limit, boolean missed) {
    assertThat(result(limit.replace("1h", "3600s")).missed()).isEqualTo(missed);
  }

  /** Histograms keep three digits. */
  private static double time(String limit) {
    return limit.endsWith("s") ? 1 : 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool_wait.p99>3600s", "rate<1"})
  void aFigureThatTheRunDoesNotHaveHasNotHeld(String limit) {
    // Nothing is known of a pool here, and calls at one moment have no rate.
    assertThat(result(limit).measured()).isEmpty();
    assertThat(result(limit).missed()).isTrue();
  }

  @Test
  void aStormThatMadeNoAttemptHoldsNoLimit() {
    var nothing = Measurements.of(Histories.counter(1).left(1).build());
    for (var word : Limit.words()) {
      assertThat(
              Stream.of("1s", "1/s", "100%")
                  .map(bound -> word + ">" + bound)
                  .flatMap(text -> parsed(text).stream())
                  .map(limit -> limit.on(nothing).missed()))
          .as(word)
          .containsExactly(true);
    }
  }

  private static Optional<Limit> parsed(String text) {
    try {
      return Optional.of(Limit.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
