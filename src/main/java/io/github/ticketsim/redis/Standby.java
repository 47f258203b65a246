package io.github.ticketsim.redis;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A replica, and the link over which it follows its primary.
 *
 * @param replica that follows
 * @param link over which it follows its primary
 */
record Standby(BundledRedis replica, ReplicationLink link) implements AutoCloseable {

  /** Starts a new replica of {@code primary}. */
  static Standby start(BundledRedis primary, Persistence persistence, LongSupplier nanoClock)
      throws IOException {
    var link = ReplicationLink.to(primary, nanoClock);
    try {
      var setup = new ServerConfig(persistence, Optional.of(link.port()));
      return new Standby(BundledRedis.start(setup, nanoClock), link);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Starts {@code dead} again, as a replica of {@code primary}. */
  static Standby restart(BundledRedis dead, BundledRedis primary, LongSupplier nanoClock)
      throws IOException {
    var link = ReplicationLink.to(primary, nanoClock);
    try {
      dead.restartAsReplicaOf(link.port());
      return new Standby(dead, link);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  @Override
  public void close() {
    link.close();
    replica.close();
  }

  /** A connection between two servers that can stall. */
  record ReplicationLink(WireProxy proxy, PlainWire wire) implements AutoCloseable {

    static ReplicationLink to(BundledRedis primary, LongSupplier nanoClock) throws IOException {
      var wire = new PlainWire();
      return new ReplicationLink(new WireProxy(primary::endpoint, wire, nanoClock), wire);
    }

    int port() {
      return proxy.port();
    }

    void stall() {
      wire.stall();
    }

    @Override
    public void close() {
      proxy.close();
    }
  }
}
