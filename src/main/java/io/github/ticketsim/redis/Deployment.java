package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisAddress;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The private Redis of one command. */
public sealed interface Deployment extends AutoCloseable
    permits PrivateServer, PrivateSentinels, PrivateCluster {

  /**
   * What to start.
   *
   * @param topology of the servers
   * @param primaries of a cluster
   * @param persistence of each server
   * @param standby whether a single server shall have a replica; the others always have
   */
  record DeploymentPlan(
      Topology topology, int primaries, Persistence persistence, boolean standby) {

    /** A single server that keeps nothing. */
    public static DeploymentPlan plain() {
      return new DeploymentPlan(Topology.SINGLE, 1, Persistence.NONE, /* standby= */ false);
    }

    /**
     * Starts it.
     *
     * @param nanoClock monotonic, to bound the waits
     * @throws StockUnavailableException when a server does not come up
     */
    public Deployment start(LongSupplier nanoClock) {
      return switch (topology) {
        case SINGLE -> PrivateServer.start(persistence, standby, nanoClock);
        case SENTINEL -> PrivateSentinels.start(persistence, nanoClock);
        case CLUSTER -> PrivateCluster.start(primaries, persistence, nanoClock);
      };
    }
  }

  /** How to reach it. */
  RedisAddress address();

  /** What it is beyond a server that keeps nothing, for people; begins with a blank. */
  String words();

  /**
   * Waits until the replicas, if there are any, have all that their primaries have.
   *
   * @throws StockUnavailableException when that takes too long
   */
  void awaitInStep();

  /**
   * Makes a replica the primary.
   *
   * @param serving the primary that sells
   * @param behind for a deployment that can hold replication up: called once it stalls; the
   *     condition it returns is true as soon as the replica has fallen behind far enough
   * @return what happened, for people
   * @throws StockUnavailableException when that takes too long
   */
  String failOver(Takeover how, RedisEndpoint serving, Supplier<BooleanSupplier> behind)
      throws IOException;

  @Override
  void close();
}
