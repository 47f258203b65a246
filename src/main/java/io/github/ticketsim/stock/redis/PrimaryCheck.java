package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;

/**
 * Finds out before a sale whether a server is one that keeps what it sells.
 *
 * @param endpoint of the server
 * @param timeout for each reply
 */
record PrimaryCheck(RedisEndpoint endpoint, Duration timeout) {

  /**
   * Makes sure that it is a primary with as many replicas as must acknowledge a purchase, as far as
   * it tells.
   *
   * @throws StockUnavailableException if it is not
   */
  void require(int replicas) {
    try (var control = RedisControl.connect(endpoint, timeout)) {
      var replication = control.info("replication");
      requirePrimary(replication);
      RedisControl.field(replication, "connected_slaves")
          .filter(connected -> connected.matches("[0-9]{1,9}"))
          .map(Integer::valueOf)
          .filter(connected -> connected < replicas)
          .ifPresent(
              connected -> {
                // No purchase would ever be confirmed.
                throw new StockUnavailableException(
                    endpoint.label(),
                    "it has %d of the %d replicas that --wait-replicas asks for"
                        .formatted(connected, replicas),
                    "start the others, or lower --wait-replicas");
              });
    }
  }

  /** A replica can be set to take writes, which it loses when it next copies its primary. */
  private void requirePrimary(String replication) {
    if (RedisControl.field(replication, "role").filter("slave"::equals).isPresent()) {
      throw new StockUnavailableException(
          endpoint.label(),
          "this is a replica that takes writes (replica-read-only no), and loses them",
          "point --redis at its primary, "
              + endpoint.uriOf(
                  RedisControl.field(replication, "master_host").orElse("?"),
                  RedisControl.field(replication, "master_port").orElse("?")));
    }
  }
}
