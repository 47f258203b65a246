package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
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
    "redis://[::1], redis://[::1]:6379",
    "redis://redis_1:7000, redis://redis_1:7000",
    "redis://anna:secret@my_shop-redis_1/2, redis://my_shop-redis_1:6379/2",
    "REDISS://shop, rediss://shop:6379",
    "redis://anna:secret@shop, redis://shop:6379",
    "redis+unix:///run/redis.sock, redis+unix:///run/redis.sock",
    "redis+unix:///run/my%20redis.sock?db=3&user=anna&password=a%40b, redis+unix:///run/my"
        + " redis.sock?db=3",
  })
  void showsWhereItIsWithoutTheLogin(String uri, String label) {
    assertThat(RedisEndpoint.parse(uri).label()).isEqualTo(label);
    assertThat(RedisEndpoint.parse(uri)).hasToString(label);
  }

  @Test
  void readsEveryPart() {
    assertThat(RedisEndpoint.parse("rediss://anna:secret@shop:7000/3"))
        .isEqualTo(
            new RedisEndpoint(
                new HostAndPort("shop", 7000), Optional.of(Tls.JAVA), "anna", "secret", 3));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://:secret@shop, secret",
    "redis://:se:cret@shop, se:cret",
    "redis://:se%40cr%2Fet@shop, se@cr/et",
    "redis://:se+cret@shop, se+cret",
    "redis://:se%3Acret%25@shop, se:cret%",
    "redis://:%D0%B6@shop, \u0436",
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
        "redis://shop:123456789012",
        "redis://shop?timeout=1",
        "redis://shop#1",
        "redis://[::1",
        "redis://[shop]x",
        "redis+unix://run/redis.sock",
        "redis+unix:///",
        "redis+unix:///run/redis.sock?dbase=1",
        "redis+unix:///run/redis.sock?user=anna",
      })
  void refusesWhatIsNoRedisUri(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> RedisEndpoint.parse(uri));
  }

  @Test
  void splitsTheLoginBeforeItDecodes() {
    var endpoint = RedisEndpoint.parse("redis://an%3Ana:se%3Acret@shop");
    assertThat(endpoint.user()).isEqualTo("an:na");
    assertThat(endpoint.password()).isEqualTo("se:cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3@cr", "s3/cr", "s3#cr", "s3%cr", "s3?cr", "s3 cr", "@/:%#", "s3[cr"})
  void saysHowToWriteAPasswordThatIsNoPartOfAUri(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisEndpoint.parse("redis://anna:" + password + "@shop:6379/0"))
        .withMessageContainingAll("percent-encoded", "%40 for @", "%2F for /", "%25 for %")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(password, "s3", "anna"));
  }

  @Test
  void saysThatAnIpv6AddressNeedsBrackets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisEndpoint.parse("redis://::1:6379"))
        .withMessageContaining("redis://[::1]:6379");
  }
}
