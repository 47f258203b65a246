package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which way of a cluster a key is bought over, while slots stay, are moved and change primaries.
 */
@Timeout(60)
class ShardsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int BORDER = 8_192;

  @AutoClose private final FakeRedis low = new FakeRedis();
  @AutoClose private final FakeRedis high = new FakeRedis();
  @AutoClose private final FakeRedis other = new FakeRedis();

  /** In the slots of {@code low}. */
  private final List<byte[]> lowKeys = keys(0, BORDER).subList(0, 3);

  private final byte[] highKey = keys(BORDER, 16_384).getFirst();

  ShardsTest() throws Exception {}

  @BeforeEach
  void share() {
    for (var node : List.of(low, high)) {
      say(node, range(0, BORDER - 1, low) + range(BORDER, 16_383, high), 2);
    }
  }

  private static void say(FakeRedis node, String ranges, int number) {
    node.on("CLUSTER", (client, _) -> client.send("*" + number + "\r\n" + ranges.strip()));
  }

  private static String range(int from, int to, FakeRedis owner) {
    return "*3\r\n:%d\r\n:%d\r\n*2\r\n$9\r\n127.0.0.1\r\n:%d\r\n"
        .formatted(from, to, owner.endpoint().address().getPort());
  }

  private static List<byte[]> keys(int from, int until) {
    return IntStream.range(0, 1_000)
        .mapToObj(number -> ("stock:" + number).getBytes(StandardCharsets.UTF_8))
        .filter(key -> from <= SlotOwners.slot(key) && SlotOwners.slot(key) < until)
        .collect(Collectors.toList());
  }

  private Shards shards() {
    var keys = IntStream.range(0, 3).mapToObj(lowKeys::get).collect(Collectors.toList());
    keys.add(highKey);
    var cluster = new ClusterAddress(List.of(low.endpoint(), high.endpoint()));
    var shards = cluster.shards(keys, TIMEOUT, System::nanoTime);
    shards.routes().forEach(Route::server);
    return shards;
  }

  private static RedisEndpoint server(Shards shards, byte[] key) {
    return shards.routes().get(shards.leadingTo(key)).server();
  }

  private static boolean moved(Shards shards, byte[] key, FakeRedis to) {
    return shards
        .routes()
        .get(shards.home(key))
        .moved(SlotOwners.slot(key), to.endpoint().address());
  }

  @Test
  void aKeyIsBoughtAtTheNodeOfItsSlot() {
    var shards = shards();

    assertThat(shards.routes()).hasSize(2);
    assertThat(lowKeys).allMatch(key -> server(shards, key).equals(low.endpoint()));
    assertThat(server(shards, highKey)).isEqualTo(high.endpoint());
    assertThat(shards.server(highKey)).isEqualTo(high.endpoint());
  }

  @Test
  void aSlotThatIsMovedLeavesTheOthersWhereTheyAre() {
    var shards = shards();

    assertThat(moved(shards, lowKeys.getFirst(), high)).isFalse();

    assertThat(server(shards, lowKeys.getFirst())).isEqualTo(high.endpoint());
    assertThat(server(shards, lowKeys.getLast())).isEqualTo(low.endpoint());
    assertThat(shards.first().served()).isEqualTo(1);
  }

  @Test
  void aWayFollowsMostOfItsSlots() {
    var shards = shards();

    assertThat(moved(shards, lowKeys.get(0), other)).isFalse();
    assertThat(server(shards, lowKeys.get(0))).isEqualTo(low.endpoint());
    assertThat(moved(shards, lowKeys.get(1), other)).isTrue();

    assertThat(lowKeys).allMatch(key -> server(shards, key).equals(other.endpoint()));
    assertThat(server(shards, highKey)).isEqualTo(high.endpoint());
  }

  @Test
  void whatOneWayHasLearnedAllKnow() {
    var shards = shards();
    say(low, range(0, 16_383, high), 1);
    say(high, range(0, 16_383, high), 1);

    assertThat(shards.first().serverAskedAnew()).isEqualTo(high.endpoint());

    assertThat(shards.server(lowKeys.getFirst())).isEqualTo(high.endpoint());
  }

  @Test
  void aSlotThatNobodyHasIsNamedBeforeTheStorm() {
    say(low, range(0, BORDER - 1, low), 1);
    say(high, range(0, BORDER - 1, low), 1);

    assertThatThrownBy(this::shards)
        .isInstanceOf(StockUnavailableException.class)
        .hasMessageContaining("serve no slot " + SlotOwners.slot(highKey));
  }

  @Test
  void whatAServerOfAWaySendsElsewhereIsAskedWhenItSettles() {
    var shards = shards();

    shards.first().visit(other.endpoint().address());

    assertThat(shards.first().servers())
        .containsExactlyInAnyOrder(low.endpoint(), other.endpoint());
  }

  @Test
  void connectionsAreSharedOutByTheNumberOfItems() {
    assertThat(ShardedSaleStock.share(64, 0, 5, 16)).isEqualTo(20);
    assertThat(
            ShardedSaleStock.share(63, 0, 5, 16)
                + ShardedSaleStock.share(63, 5, 11, 16)
                + ShardedSaleStock.share(63, 11, 16, 16))
        .isEqualTo(63);
    assertThat(ShardedSaleStock.share(2, 0, 5, 16)).isEqualTo(1);
  }
}
