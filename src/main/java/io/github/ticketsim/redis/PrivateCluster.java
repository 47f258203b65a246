package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.ClusterAddress;
import io.github.ticketsim.stock.redis.RedisAddress;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A cluster in which each primary has a replica. */
final class PrivateCluster implements Deployment {
  private static final int SLOTS = 16_384;
  private static final String CLUSTER = "CLUSTER";
  private static final String NODES = "NODES";

  private final Nodes nodes;
  private final List<BundledRedis> members;

  private PrivateCluster(Nodes nodes, List<BundledRedis> members) {
    this.nodes = nodes;
    this.members = List.copyOf(members);
  }

  /**
   * Starts it, and waits until all nodes know each other.
   *
   * @param primaries with as many replicas
   * @throws StockUnavailableException when that takes too long
   */
  static PrivateCluster start(int primaries, Persistence persistence, LongSupplier nanoClock) {
    var nodes = new Nodes(nanoClock);
    try {
      var members = new ArrayList<BundledRedis>();
      var busPorts = new ArrayList<String>();
      for (var i = 0; i < 2 * primaries; i++) {
        busPorts.add(Integer.toString(BundledRedis.freePort()));
        members.add(nodes.start(ServerConfig.member(persistence, busPorts.getLast())));
      }
      var cluster = new PrivateCluster(nodes, members);
      cluster.join(busPorts);
      cluster.share(primaries);
      return cluster;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private void join(List<String> busPorts) {
    for (var i = 0; i < members.size(); i++) {
      var member = members.get(i);
      var _ = Nodes.tell(member, CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      var port = Integer.toString(member.port());
      var _ =
          Nodes.tell(
              members.getFirst(), CLUSTER, "MEET", RedisEndpoint.LOOPBACK, port, busPorts.get(i));
    }
  }

  /** Gives the slots to the first nodes, and makes the others their replicas. */
  private void share(int primaries) {
    for (var i = 0; i < primaries; i++) {
      var from = Integer.toString(SLOTS * i / primaries);
      var to = Integer.toString(SLOTS * (i + 1) / primaries - 1);
      var _ = Nodes.tell(members.get(i), CLUSTER, "ADDSLOTSRANGE", from, to);
    }
    awaitAll(
        node -> {
          var info = Nodes.tell(node, CLUSTER, "INFO");
          return info.contains("cluster_known_nodes:" + members.size())
              && info.contains("cluster_state:ok");
        });
    for (var i = primaries; i < members.size(); i++) {
      var _ = Nodes.tell(members.get(i), CLUSTER, "REPLICATE", id(members.get(i - primaries)));
    }
    awaitAll(
        node ->
            Nodes.tell(node, CLUSTER, NODES).lines().filter(line -> line.contains("slave")).count()
                == primaries);
    awaitInStep();
  }

  private void awaitAll(Predicate<BundledRedis> condition) {
    for (var member : members) {
      nodes.await("the nodes of its cluster do not find each other", () -> condition.test(member));
    }
  }

  private static String id(BundledRedis node) {
    return Nodes.tell(node, CLUSTER, "MYID");
  }

  @Override
  public RedisAddress address() {
    return new ClusterAddress(members.stream().map(BundledRedis::endpoint).toList());
  }

  @Override
  public String words() {
    return "%s of %d nodes".formatted(members.getFirst().persistence().words(), members.size());
  }

  @Override
  public void awaitInStep() {
    nodes.await(
        "the replicas of its cluster do not follow",
        () ->
            members.stream().filter(node -> Nodes.primary(node) && Nodes.inStep(node)).count()
                == members.size() / 2);
  }

  @Override
  public String failOver(Takeover how, RedisEndpoint serving, Supplier<BooleanSupplier> behind) {
    var old = nodes.at(serving);
    var follower = "myself,slave " + id(old);
    var replica =
        members.stream()
            .filter(node -> Nodes.tell(node, CLUSTER, NODES).contains(follower))
            .findFirst()
            .orElseThrow(
                () ->
                    new StockUnavailableException(
                        serving.label(), "the primary that sells has no replica", "try again"));
    switch (how) {
      case COMMAND -> Nodes.tell(replica, CLUSTER, "FAILOVER");
      case FORCE -> Nodes.tell(replica, CLUSTER, "FAILOVER", "FORCE");
      case KILL -> old.kill();
    }
    nodes.await("the replica was not elected", () -> Nodes.primary(replica));
    if (how == Takeover.KILL) {
      old.restart();
    }
    return switch (how) {
      case COMMAND -> "CLUSTER FAILOVER made the replica the primary";
      case FORCE -> "CLUSTER FAILOVER FORCE made the replica the primary";
      case KILL -> "the primary was killed, and its replica elected";
    };
  }

  @Override
  public void close() {
    nodes.close();
  }
}
