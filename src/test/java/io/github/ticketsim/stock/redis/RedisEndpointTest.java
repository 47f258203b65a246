package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "redis://shop, redis://shop:6379",
    "redis://shop:7000, redis://shop:7000",
    "redis://shop/, redis://shop:6379",
    "redis://shop/0, redis://shop:6379",
    "redis://shop:7000/15, redis://shop:7000/15",
    "rediss://shop:7000/1, rediss://shop:7000/1",
    "redis://127.0.0.1, redis://127.0.0.1:6379",
    "redis://[::1]:7000, redis://[::1]:7000",
    "redis://anna:secret@shop, redis://shop:6379",
  })
  void showsWhereItIsWithoutTheLogin(String uri, String label) {
    assertThat(RedisEndpoint.parse(uri).label()).isEqualTo(label);
    assertThat(RedisEndpoint.parse(uri)).hasToString(label);
  }

  @Test
  void readsEveryPart() {
    assertThat(RedisEndpoint.parse("rediss://anna:secret@shop:7000/3"))
        .isEqualTo(new RedisEndpoint(new HostAndPort("shop", 7000), true, "anna", "secret", 3));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://:secret@shop, secret",
    "redis://:se:cret@shop, se:cret",
    "redis://:se%40cr%2Fet@shop, se@cr/et",
    "redis://:se+cret@shop, se+cret",
  })
  void readsAPasswordForTheDefaultUser(String uri, String password) {
    var endpoint = RedisEndpoint.parse(uri);
    assertThat(endpoint.user()).isNull();
    assertThat(endpoint.password()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop:6379",
        "http://shop",
        "redis:shop",
        "redis://",
        "redis://:6379",
        "redis://shop:0",
        "redis://shop:65536",
        "redis://shop:port",
        "redis://shop/stock",
        "redis://shop/-1",
        "redis://shop/9999999999",
        "redis://shop/1/2",
        "redis://anna@shop",
        "redis://sh op",
      })
  void refusesWhatIsNoRedisUri(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> RedisEndpoint.parse(uri));
  }
}
