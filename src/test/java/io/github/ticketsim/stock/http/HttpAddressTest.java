package io.github.ticketsim.stock.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://shop_1/buy, shop_1, 80, shop_1",
    "http://my_app-shop_1:8080/buy, my_app-shop_1, 8080, my_app-shop_1:8080",
    "https://user@shop_1:8443/buy, shop_1, 8443, shop_1:8443",
    "https://shop.example, shop.example, 443, shop.example",
    "http://[::1]:8080/, ::1, 8080, [::1]:8080",
    "http://127.0.0.1:80/, 127.0.0.1, 80, 127.0.0.1:80",
    "http://b\u00fccher.example/, xn--bcher-kva.example, 80, xn--bcher-kva.example",
  })
  void namesHostAndPort(String url, String host, int port, String authority) {
    var address = HttpAddress.parse(url);
    assertThat(address.hostName()).isEqualTo(host);
    assertThat(address.portNumber()).isEqualTo(port);
    assertThat(address.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @CsvSource({
    "http://anna@shop/, anna:",
    "http://anna:@shop/, anna:",
    "http://anna:pass@shop/, anna:pass",
    "http://anna:p:w@shop_1/, anna:p:w",
    "http://a%40b:p%3Aw+x@shop/, a@b:p:w+x",
  })
  void sendsUserAndPasswordWithAColonBetweenThem(String url, String credentials) {
    var words = HttpAddress.parse(url).authorization().orElseThrow().split(" ", 2);
    assertThat(words[0]).isEqualTo("Basic");
    assertThat(new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8))
        .isEqualTo(credentials);
    assertThat(HttpAddress.parse(url).label()).doesNotContain("@");
  }

  @ParameterizedTest
  @CsvSource({"http://shop/", "http://@shop/"})
  void sendsNothingWhereThereIsNoUser(String url) {
    assertThat(HttpAddress.parse(url).authorization()).isEmpty();
  }

  @Test
  void pathAndQueryMayHaveValues() {
    var address = HttpAddress.parse("http://h:1/a%20b/{{item}}?user={{data.full name}}");
    assertThat(address.path()).isEqualTo("/a%20b/{{item}}?user={{data.full name}}");
    assertThat(address.label()).isEqualTo("http://h:1/a%20b/{{item}}?user=***");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1, /orders, http://h:1/orders",
    "http://h:1/, /orders, http://h:1/orders",
    "http://h:1/api/{{item}}/, /orders/{{customer}}, http://h:1/api/{{item}}/orders/{{customer}}",
    "http://h:1/api, https://other/x?a=b, https://other/x?a=***",
  })
  void aPathStandsBehindTheTarget(String base, String url, String expected) {
    assertThat(HttpAddress.parse(base).at(url)).hasToString(expected);
  }

  @Test
  void behindATargetTheLoginStays() {
    var address = HttpAddress.parse("http://me:secret@h/api").at("/orders");
    assertThat(address.login()).isEqualTo("me:secret");
    assertThat(address.masked().authorization()).isEmpty();
  }
}
