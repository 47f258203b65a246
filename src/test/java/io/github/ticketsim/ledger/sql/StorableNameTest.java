package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a ", "?", "\\u0000", "é", "😀", "1a0000", "$1"})
  void mostAreKeptAsTheyAre(String name) {
    assertThat(StorableName.of(name)).isEqualTo(name);
    assertThat(StorableName.read(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0",
        "\ud800",
        "\ud801",
        "\udc00\ud800",
        "😀\ude00",
        "\032",
        "\0320000",
        "\032\0320000\0"
      })
  void othersAreReadAgainAsTheyWere(String name) {
    var stored = StorableName.of(name);
    assertThat(StorableName.read(stored)).isEqualTo(name);
    assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(stored)
        .doesNotContain("\0");
  }
}
