package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisAddress;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.SentinelAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A primary and a replica, watched by three Sentinels. */
final class PrivateSentinels implements Deployment {
  private static final String NAME = "sale";
  private static final int SENTINELS = 3;
  private static final Duration PROMOTION = Duration.ofSeconds(10);

  /** A Sentinel that stood still for two seconds leads no failover for thirty, and says so. */
  private static final Duration BEGINNING = Duration.ofSeconds(40);

  private static final String AT_WORK = "sentinel_tilt:0";

  private final Nodes nodes;
  private final List<BundledRedis> servers;
  private final List<BundledRedis> sentinels;

  private PrivateSentinels(Nodes nodes, List<BundledRedis> servers, List<BundledRedis> sentinels) {
    this.nodes = nodes;
    this.servers = List.copyOf(servers);
    this.sentinels = List.copyOf(sentinels);
  }

  /**
   * Starts them, and waits until each Sentinel knows all others.
   *
   * @throws StockUnavailableException when that takes too long
   */
  static PrivateSentinels start(Persistence persistence, LongSupplier nanoClock) {
    var nodes = new Nodes(nanoClock);
    try {
      var primary = nodes.start(new ServerConfig(persistence, Optional.empty()));
      var port = primary.port();
      var replica = nodes.start(new ServerConfig(persistence, Optional.of(port)));
      var watching = ServerConfig.sentinel(configuration(port));
      var sentinels = IntStream.range(0, SENTINELS).mapToObj(_ -> nodes.start(watching)).toList();
      for (var sentinel : sentinels) {
        nodes.await(
            "its Sentinels do not find each other",
            () ->
                Nodes.tell(sentinel, "INFO", "sentinel")
                    .contains(
                        "status=ok,address=%s,slaves=1,sentinels=%d"
                            .formatted(primary.endpoint().address(), SENTINELS)));
      }
      return new PrivateSentinels(nodes, List.of(primary, replica), sentinels);
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private static List<String> configuration(int port) {
    return List.of(
        "sentinel monitor %s %s %d 2".formatted(NAME, RedisEndpoint.LOOPBACK, port),
        "sentinel down-after-milliseconds %s 1000".formatted(NAME),
        "sentinel failover-timeout %s 3000".formatted(NAME));
  }

  @Override
  public RedisAddress address() {
    return new SentinelAddress(
        sentinels.stream().map(BundledRedis::endpoint).toList(),
        NAME,
        servers.getFirst().endpoint());
  }

  @Override
  public String words() {
    return servers.getFirst().persistence().words() + " with a replica";
  }

  @Override
  public void awaitInStep() {
    nodes.await(
        "its replica does not follow",
        () -> servers.stream().anyMatch(server -> Nodes.primary(server) && Nodes.inStep(server)));
  }

  @Override
  public String failOver(Takeover how, RedisEndpoint serving, Supplier<BooleanSupplier> behind) {
    var old = nodes.at(serving);
    var replica = servers.stream().filter(server -> server != old).findFirst().orElseThrow();
    if (how == Takeover.KILL) {
      old.kill();
      if (!nodes.within(PROMOTION, () -> Nodes.primary(replica))) {
        promote(replica);
      }
      old.restartAsReplicaOf(replica.port());
      return "the primary was killed, and the Sentinels promoted its replica";
    }
    promote(replica);
    return "SENTINEL FAILOVER promoted the replica";
  }

  /** A Sentinel that has not heard of the replica for a moment declines, or gives up. */
  private void promote(BundledRedis replica) {
    for (var sentinel : sentinels) {
      var begun =
          nodes.within(
              BEGINNING,
              () ->
                  Nodes.tell(sentinel, "INFO", "sentinel").contains(AT_WORK)
                      && Nodes.tell(sentinel, "SENTINEL", "FAILOVER", NAME).equalsIgnoreCase("OK"));
      if (begun && nodes.within(PROMOTION, () -> Nodes.primary(replica))) {
        return;
      }
    }
    throw new StockUnavailableException(
        "private Redis", "its replica was not promoted", "try again");
  }

  @Override
  public void close() {
    nodes.close();
  }
}
