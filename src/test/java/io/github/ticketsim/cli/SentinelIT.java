package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.WireProxy;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Sentinel makes another Redis the primary in mid-sale; the old one never hears of it. */
@Timeout(300)
class SentinelIT {
  private static final int STOCK = 30_000;

  @AutoClose private final RedisServer primary = RedisServer.own();
  @AutoClose private final RedisServer replica = RedisServer.own();

  private final Partition network = new Partition();

  /** Between the primary, and its replica and the Sentinel. */
  @AutoClose private final WireProxy link;

  @TempDir private Path out;
  @TempDir private Path files;

  SentinelIT() throws IOException {
    link = new WireProxy(primary::endpoint, network, System::nanoTime);
  }

  @BeforeEach
  void follow() throws Exception {
    replica.call("REPLICAOF", "127.0.0.1", Integer.toString(link.port()));
    Await.until(
        "the replica follows",
        () -> primary.call("INFO", "replication").toString().contains(",state=online,"));
  }

  private Sentinel sentinel() throws Exception {
    return Sentinel.start(primary.executable(), files, link.port());
  }

  private LongStorm middleOfAStorm(String... options) throws Exception {
    return LongStorm.start(out, primary, STOCK, options).awaitMiddle();
  }

  /**
   * Lets the sale stand still, and nothing else. A replica that is online may not have read yet
   * what came after its copy.
   */
  private void hold() throws Exception {
    primary.call("CLIENT", "PAUSE", "600000", "WRITE");
    Await.until(
        "the replica has the stock", () -> replica.call("EXISTS", LongStorm.KEY).equals(1L));
  }

  private void goOn() {
    primary.call("CLIENT", "UNPAUSE");
  }

  private void awaitPromotion() throws Exception {
    Await.until("the replica is the primary", replica::isPrimary);
  }

  private void assertUnsettled(LongStorm storm, String reason) throws Exception {
    Storms.assertUnsettled(out, storm.awaitEnd(), reason);
    assertThat(primary.counter(LongStorm.KEY)).as("left at the old primary").isNegative();
    assertThat(replica.counter(LongStorm.KEY)).as("left at the new one").isPositive();
  }

  @Test
  void aFailoverByCommandLeavesTheSaleUnsettled() throws Exception {
    try (var sentinel = sentinel()) {
      var storm = middleOfAStorm("--timeout=60s");
      hold();
      sentinel.failOver();
      awaitPromotion();
      sentinel.end();
      goOn();
      assertUnsettled(storm, "1 of 1 replicas left the server");
    }
  }

  @Test
  void aPrimaryThatStoodStillAndGoesOnIsUnsettled() throws Exception {
    try (var sentinel = sentinel()) {
      var storm = middleOfAStorm("--timeout=60s");
      primary.pause();
      sentinel.failOverOnSilence();
      awaitPromotion();
      sentinel.end();
      primary.resume();
      assertUnsettled(storm, "1 of 1 replicas left the server");
    }
  }

  @Test
  void aPrimaryThatIsCutOffFromAllButItsBuyersIsUnsettled() throws Exception {
    try (var sentinel = sentinel()) {
      var storm = middleOfAStorm("--timeout=60s");
      hold();
      network.cut();
      sentinel.failOverOnSilence();
      awaitPromotion();
      sentinel.end();
      goOn();
      assertUnsettled(storm, "1 of 1 replicas have not confirmed all that was sold");
      assertThat(primary.call("INFO", "replication").toString())
          .as("what the primary believes")
          .contains("role:master", "connected_slaves:1");
    }
  }

  @Test
  void isSettledWhereTheSentinelOnlyWatches() throws Exception {
    try (var _ = sentinel()) {
      middleOfAStorm().awaitEnd().assertQuiet(ExitCode.VALID);
    }
  }
}
