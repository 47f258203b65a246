package io.github.ticketsim.fault;

import io.github.ticketsim.stock.redis.BundledRedis;
import io.github.ticketsim.stock.redis.Persistence;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A replica, and the link over which it follows its primary.
 *
 * @param replica that follows
 * @param link that it follows over
 */
record Standby(BundledRedis replica, Link link) implements AutoCloseable {

  /** Starts a new replica of {@code primary}. */
  static Standby start(BundledRedis primary, Persistence persistence, LongSupplier nanoClock)
      throws IOException {
    var link = Link.to(primary, nanoClock);
    try {
      var setup = new BundledRedis.Setup(persistence, Optional.of(link.port()));
      return new Standby(BundledRedis.start(setup, nanoClock), link);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Starts {@code dead} again, as a replica of {@code primary}. */
  static Standby restart(BundledRedis dead, BundledRedis primary, LongSupplier nanoClock)
      throws IOException {
    var link = Link.to(primary, nanoClock);
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
  record Link(WireProxy proxy, PlainWire wire) implements AutoCloseable {

    static Link to(BundledRedis primary, LongSupplier nanoClock) throws IOException {
      var wire = new PlainWire();
      return new Link(new WireProxy(primary::endpoint, wire, nanoClock), wire);
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
