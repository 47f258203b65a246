package io.github.ticketsim.stock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAddressTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h:5/shop?user=a&password=secret, jdbc:postgresql://h:5/shop",
    "jdbc:postgresql:shop, jdbc:postgresql:shop",
    "'jdbc:postgresql://a,[::1]:5/shop?user=a/b', 'jdbc:postgresql://a,[::1]:5/shop'",
    "jdbc:sqlite:/tmp/shop.db?cipher=secret, jdbc:sqlite:/tmp/shop.db",
  })
  void itsLabelHasNothingSecret(String url, String label) {
    var address = SqlAddress.parse(url, Map.of());

    assertThat(address.label()).isEqualTo(label);
    assertThat(address.withoutSecrets("no " + url + " and password=secret"))
        .isEqualTo("no " + label + " and password=***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:scott/secret@h:1521/x",
        "jdbc:mysql://scott:secret@h/x?password=secret",
        "jdbc:sqlserver://h;user=scott;password=secret",
        "jdbc:postgresql://h:port/x?password=secret",
        "jdbc:postgresql://scott:secret@h/x",
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:",
      })
  void whatNoDriverTakesIsRefusedWithoutSecrets(String url) {
    assertThatThrownBy(() -> SqlAddress.parse(url, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'jdbc:")
        .hasMessageNotContaining("secret");
  }
}
