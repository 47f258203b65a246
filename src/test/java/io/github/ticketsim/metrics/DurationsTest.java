package io.github.ticketsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "500ms, PT0.5S",
    "10s, PT10S",
    "2m, PT2M",
    "0.5s, PT0.5S",
    "1.5s, PT1.5S",
    "0.001s, PT0.001S",
    "250_000us, PT0.25S",
    "1.5h, PT90M",
    "86400000ms, PT24H",
    "24h, PT24H",
    "1440m, PT24H"
  })
  void readsDurationsAsPeopleWriteThem(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "0s",
        "0ms",
        "-1s",
        "250us",
        "1500us",
        "0.0005s",
        "1ns",
        ".5s",
        "5_s",
        "1,5s",
        "s",
        "10 s",
        "10S",
        "1M",
        "1d",
        "25h",
        "86400001ms",
        "9999999999ms",
        "999999999h",
        "PT1S",
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'" + text + "'", "500ms, 10s or 2m");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1.00 us",
    "1005, 1.01 us",
    "9994, 9.99 us",
    "9995, 10.00 us",
    "10_049, 10.0 us",
    "99_950, 100.0 us",
    "100_499, 100 us",
    "100_500, 101 us",
    "999_999, 1000 us",
    "1_000_000, 1.00 ms",
    "62_499_999, 62.5 ms",
    "1_000_000_000, 1.00 s",
    "9_005_000_000, 9.01 s",
    "86_400_000_000_000, 86400 s"
  })
  void writesThreeDigitsOrSo(String nanos, String text) {
    assertThat(Durations.text(Long.parseLong(nanos.replace("_", "")))).isEqualTo(text);
  }
}
