package io.github.ticketsim.cli;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.BundledRedis;
import io.github.ticketsim.redis.Persistence;
import io.github.ticketsim.redis.ServerConfig;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary in whose stead another one is chosen while it sells: nothing it says is final. */
@Timeout(300)
class DeposedIT {
  private static final int STOCK = 30_000;
  private static final String LOOPBACK = "127.0.0.1";

  @AutoClose private final RedisServer primary = RedisServer.own();
  @AutoClose private final RedisServer replica = RedisServer.own();

  @TempDir private Path out;

  @BeforeEach
  void follow() throws Exception {
    follow(primary);
  }

  private void follow(RedisServer leader) throws Exception {
    replica.call("REPLICAOF", LOOPBACK, Integer.toString(leader.port()));
    Await.until(
        "the replica follows",
        () -> leader.call("INFO", "replication").toString().contains(",state=online,"));
  }

  private LongStorm middleOfAStorm(String... options) throws Exception {
    return LongStorm.start(out, primary, STOCK, options).awaitMiddle();
  }

  @Test
  void isUnsettledWhereAReplicaWasPromoted() throws Exception {
    var storm = middleOfAStorm();
    replica.call("REPLICAOF", "NO", "ONE");
    Storms.assertUnsettled(out, storm.awaitEnd(), "1 of 1 replicas left the server");
  }

  @Test
  void isUnsettledOverSharedConnectionsToo() throws Exception {
    var storm = LongStorm.start(out, primary, 20 * STOCK, "--pipeline").awaitMiddle();
    replica.call("REPLICAOF", "NO", "ONE");
    Storms.assertUnsettled(out, storm.awaitEnd(), "1 of 1 replicas left the server");
  }

  @Test
  void isUnsettledWhereItWasMadeAReplica() throws Exception {
    var storm = middleOfAStorm();
    replica.call("REPLICAOF", "NO", "ONE");
    primary.call("REPLICAOF", LOOPBACK, Integer.toString(replica.port()));
    Storms.assertUnsettled(out, storm.awaitEnd(), "the server became a replica");
  }

  @Test
  void isUnsettledWhereItWasAReplicaInBetween() throws Exception {
    var storm = middleOfAStorm();
    // To nobody, whose data it cannot take over.
    primary.call("REPLICAOF", LOOPBACK, "1");
    primary.call("REPLICAOF", "NO", "ONE");
    Storms.assertUnsettled(out, storm.awaitEnd(), "the replication id of the server changed");
  }

  @Test
  void isUnsettledWhereItWasRestartedAfterItsReplicaWasPromoted() throws Exception {
    var setup = new ServerConfig(Persistence.EVERYSEC, Optional.empty());
    try (var keeping = BundledRedis.start(setup, System::nanoTime);
        var restarted = RedisServer.at(keeping.endpoint().label())) {
      follow(restarted);
      var storm = LongStorm.start(out, restarted, 4 * STOCK).awaitMiddle();
      keeping.kill();
      replica.call("REPLICAOF", "NO", "ONE");
      keeping.restart();
      Storms.assertUnsettled(out, storm.awaitEnd(), "1 of 1 replicas left the server");
    }
  }

  @Test
  void isSettledWhereTheReplicaStays() throws Exception {
    middleOfAStorm().awaitEnd().assertQuiet(ExitCode.VALID);
  }

  @Test
  void isJudgedByItsRepliesAloneWhereItDoesNotTell() throws Exception {
    primary.call("ACL", "SETUSER", "default", "-info");
    var storm = LongStorm.start(out, primary, STOCK);
    storm.awaitEnd().assertQuiet(ExitCode.VALID);
  }
}
