package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5000, 5000",
    "5_000, 5000",
    "1_000_000, 1000000",
    "5k, 5000",
    "5K, 5000",
    "1M, 1000000",
    "1_0k, 10000",
    "9223372036854775807, 9223372036854775807",
    "9223372036854M, 9223372036854000000",
  })
  void readsNumbersAsPeopleWriteThem(String text, long value) {
    assertThat(Count.parse(text)).isEqualTo(new Count(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1.000",
        "1.5k",
        "5k/s",
        "5 k",
        "5%",
        "abc",
        "k",
        "5kk",
        "5m",
        "5G",
        "_5",
        "5_",
        "5__0",
        "1e3",
        "0x10",
        "9223372036854775808",
        "9223372036855M",
        "٣",
      })
  void refusesWhatIsNoCount(String text) {
    assertThatThrownBy(() -> Count.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'" + text + "'", "5000, 5_000, 5k or 1M");
  }
}
