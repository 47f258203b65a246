package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ways to all servers that sell: one, or in a cluster one for each primary that had some of the
 * keys when the sale began. A way follows the slots that it had then if their primary changes; a
 * single slot that is moved is served by the way that leads to its new node, if there is one.
 */
public final class Shards {
  private final List<Route> routes;

  /** Which of {@link #routes} had a slot when the sale began. */
  private final Map<Integer, Integer> homes;

  private final Optional<SlotOwners> owners;

  /** Another way to the same server. */
  @FunctionalInterface
  public interface Way {
    /** What to take in place of the way with that number, from 0. */
    Route instead(Route route, int number);
  }

  private Shards(List<Route> routes, Map<Integer, Integer> homes, Optional<SlotOwners> owners) {
    this.routes = List.copyOf(routes);
    this.homes = Map.copyOf(homes);
    this.owners = owners;
  }

  /** One way, which leads to everything. */
  public static Shards of(Route only) {
    return new Shards(List.of(only), Map.of(), Optional.empty());
  }

  /**
   * Those of a cluster.
   *
   * @throws StockUnavailableException if it does not say which nodes have the keys
   */
  static Shards of(SlotOwners owners, List<byte[]> keys, Duration timeout, LongSupplier nanoClock) {
    owners.look(keys, timeout);
    var groups =
        keys.stream()
            .collect(
                Collectors.groupingBy(
                    key -> owners.owner(SlotOwners.slot(key)).orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    var routes = new ArrayList<Route>();
    var homes = new LinkedHashMap<Integer, Integer>();
    for (var group : groups.values()) {
      group.forEach(key -> homes.put(SlotOwners.slot(key), routes.size()));
      routes.add(owners.route(group, timeout, nanoClock));
    }
    return new Shards(routes, homes, Optional.of(owners));
  }

  /** Each of them. */
  public List<Route> routes() {
    return routes;
  }

  /** The way to the first key. */
  public Route first() {
    return routes.getFirst();
  }

  /** The same with other ways to the same servers. */
  public Shards with(Way way) {
    var others =
        IntStream.range(0, routes.size()).mapToObj(i -> way.instead(routes.get(i), i)).toList();
    return new Shards(others, homes, owners);
  }

  /** How many servers have sold, side by side and one after the other. */
  public int served() {
    return routes.stream().mapToInt(Route::served).sum();
  }

  /**
   * Connects, beside all purchases, to whatever server has the key of a command.
   *
   * @throws StockUnavailableException if that is not possible
   */
  public RedisControl control(Duration timeout) {
    return routes.size() == 1
        ? first().control(timeout)
        : RedisControl.connect(routes.stream().map(Route::server).toList(), timeout);
  }

  /** Whether a server sends a command to the one that has its key. */
  boolean cluster() {
    return owners.isPresent();
  }

  /** The server that has {@code key}, as far as is known; else the first. */
  RedisEndpoint server(byte[] key) {
    return owners
        .flatMap(known -> known.owner(SlotOwners.slot(key)))
        .orElseGet(() -> first().server());
  }

  /** Which of the ways had {@code key} when the sale began. */
  int home(byte[] key) {
    return routes.size() == 1 ? 0 : homes.getOrDefault(SlotOwners.slot(key), 0);
  }

  /** Which of the ways leads to {@code key} now, as far as is known; else its home. */
  int leadingTo(byte[] key) {
    if (routes.size() == 1) {
      return 0;
    }
    var slot = SlotOwners.slot(key);
    var home = homes.getOrDefault(slot, 0);
    var owner = owners.flatMap(known -> known.owner(slot));
    if (owner.isEmpty() || routes.get(home).leadsTo(owner.get())) {
      return home;
    }
    for (var i = 0; i < routes.size(); i++) {
      if (routes.get(i).leadsTo(owner.get())) {
        return i;
      }
    }
    return home;
  }
}
