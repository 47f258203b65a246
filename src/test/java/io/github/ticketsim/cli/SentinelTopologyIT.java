package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms on a primary that three Sentinels name, and replace. */
@Timeout(120)
class SentinelTopologyIT {
  @TempDir private Path files;
  @TempDir private Path out;

  private Servers servers;
  private RedisServer primary;
  private RedisServer replica;
  private List<RedisServer> sentinels;

  @BeforeEach
  void start() throws Exception {
    servers = new Servers(files);
    primary = servers.start();
    replica = servers.replica(primary);
    sentinels = servers.sentinels(3, primary);
  }

  @AfterEach
  void end() {
    servers.close();
  }

  private String uri() {
    return Servers.sentinelUri(sentinels);
  }

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(Storms.arguments(out, uri, options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=4", "--pipeline", "--fault=drop-reply:#7"})
  void sellsFromThePrimaryThatTheyName(String how) {
    var run = storm(uri(), "--stock=10", "--timeout=1s", "--format=text", how);
    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("primary sale of a Sentinel");
    assertThat(primary.counter(LongStorm.KEY)).isEqualTo(-10);
  }

  @Test
  void logsInOnBothHops() {
    primary.call("ACL", "SETUSER", "anna", "on", ">buy", "~*", "+@all");
    for (var sentinel : sentinels) {
      sentinel.call("ACL", "SETUSER", "eve", "on", ">ask", "+auth", "+client", "+sentinel|master");
      sentinel.call("ACL", "SETUSER", "default", "off");
    }
    var named = uri().replace("://", "://anna:buy@") + "?sentinel-user=eve&sentinel-password=ask";
    storm(named, "--stock=10").assertQuiet(ExitCode.VALID);
    storm(uri(), "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "NOAUTH", "?sentinel-user=NAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--strategy=decr", "--pipeline"})
  void followsAFailover(String how) throws Exception {
    var stock = how.equals("--pipeline") ? 400_000 : 30_000;
    var storm = LongStorm.start(out, primary, uri(), stock, "--timeout=10s", how).awaitMiddle();
    sentinels.getFirst().call("SENTINEL", "FAILOVER", Servers.SALE);
    Await.until("the replica is the primary", replica::isPrimary);
    var run = storm.awaitEnd();
    assertThat(run.status()).as(run.out()).isIn(ExitCode.VALID.status(), ExitCode.INVALID.status());
    var settlement = Storms.latest(out).ending().settlement();
    assertThat(settlement.settled()).as(settlement.toString()).isTrue();
    assertThat(settlement.left())
        .as("left at the new primary")
        .hasValue(replica.counter(LongStorm.KEY));
  }

  @Test
  void followsTheDeathOfThePrimary() throws Exception {
    var storm = LongStorm.start(out, primary, uri(), 30_000, "--timeout=10s").awaitMiddle();
    servers.kill(primary);
    var run = storm.awaitEnd();
    assertThat(run.status()).as(run.out()).isIn(ExitCode.VALID.status(), ExitCode.INVALID.status());
    assertThat(replica.counter(LongStorm.KEY)).as("sold out there").isNegative();
  }

  @Test
  void preloads() {
    CommandRun.of("preload", "--redis", uri(), "--stock=7").assertQuiet(ExitCode.VALID);
    assertThat(primary.counter(LongStorm.KEY)).isEqualTo(7);
  }

  @Test
  void saysWhatTheyKnow() {
    storm(uri().replace("/sale", "/shop"), "--stock=10")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "know no primary named shop", "name one that they know: sale");
  }

  @Test
  void saysThatNoneOfThemIsASentinel() {
    storm("redis-sentinel://127.0.0.1:" + primary.port() + "/sale", "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "that is no Sentinel; write redis://");
  }

  @Test
  void saysThatNoneOfThemAnswers() throws Exception {
    for (var sentinel : sentinels) {
      servers.kill(sentinel);
    }
    storm(uri(), "--stock=10")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "the Sentinels do not answer", "nobody listens there");
  }

  @Test
  void saysThatTheAddressTheyAnnounceCannotBeReached() throws Exception {
    var nowhere = Integer.toString(Servers.freePort());
    for (var sentinel : sentinels) {
      sentinel.call("SENTINEL", "REMOVE", Servers.SALE);
      sentinel.call("SENTINEL", "MONITOR", "lost", "127.0.0.1", nowhere, "1");
    }
    storm(uri().replace("/sale", "/lost"), "--stock=10")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            "name redis://127.0.0.1:" + nowhere + " as the primary",
            "nobody listens there",
            "replica-announce-ip");
  }
}
