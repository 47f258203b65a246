package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster, as a {@code redis-cluster://} URI says it.
 *
 * @param seeds some of its nodes
 */
public record ClusterAddress(List<RedisEndpoint> seeds) implements RedisAddress {
  /** Copies {@code seeds}. */
  public ClusterAddress {
    seeds = List.copyOf(seeds);
  }

  static ClusterAddress of(RedisUri uri, RedisLogin login) {
    uri.requireNoOther();
    if (!uri.path().isEmpty() && !uri.path().equals("0")) {
      throw new IllegalArgumentException("has a path, but a cluster has database 0 alone");
    }
    return new ClusterAddress(
        uri.addresses(RedisEndpoint.USUAL_PORT).stream()
            .map(
                address ->
                    new RedisEndpoint(
                        address,
                        login.tls(uri),
                        uri.user().orElse(null),
                        login.password(uri).orElse(null),
                        0))
            .toList());
  }

  @Override
  public String label() {
    return (tlsSpoken() ? "rediss" : "redis")
        + "-cluster://"
        + seeds.stream().map(seed -> seed.address().toString()).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return label();
  }

  @Override
  public boolean tlsSpoken() {
    return seeds.getFirst().tls().isPresent();
  }

  @Override
  public String words() {
    return ", a cluster";
  }

  @Override
  public Route route(byte[] key, Duration timeout, LongSupplier nanoClock) {
    return Route.by(new SlotOwners(this, key), timeout, nanoClock);
  }

  /** Finds the node that has the slot of a key. */
  private static final class SlotOwners implements Directory {
    private final ClusterAddress cluster;
    private final String key;
    private final int slot;

    /** All nodes that were ever named. */
    private volatile Set<RedisEndpoint> nodes;

    SlotOwners(ClusterAddress cluster, byte[] key) {
      this.cluster = cluster;
      this.key = new String(key, StandardCharsets.UTF_8);
      this.slot = JedisClusterCRC16.getSlot(key);
      this.nodes = new LinkedHashSet<>(cluster.seeds);
    }

    /**
     * What a node believes.
     *
     * @param owner of the slot
     * @param all nodes that it knows
     */
    private record View(Optional<HostAndPort> owner, List<HostAndPort> all) {}

    /** That most nodes name: one that was cut off may still believe in an old one. */
    @Override
    public RedisEndpoint primary(Duration timeout) {
      var answers = new ArrayList<NodeAnswer<View>>();
      for (var node : Directory.askAll(nodes, timeout, SlotOwners::slots)) {
        answers.add(
            new NodeAnswer<>(
                node.by(), node.said().map(said -> view(said, node.by())), node.problem()));
      }
      var login = cluster.seeds.getFirst();
      var named = new LinkedHashSet<>(nodes);
      var votes = new HashMap<HostAndPort, Integer>();
      for (var answer : answers) {
        for (var view : answer.said().stream().toList()) {
          view.owner().ifPresent(owner -> votes.merge(owner, 1, Integer::sum));
          view.all().forEach(address -> named.add(login.at(address)));
        }
      }
      nodes = Set.copyOf(named);
      return votes.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(most -> login.at(most.getKey()))
          .orElseThrow(() -> unknown(answers));
    }

    private static Optional<List<?>> slots(Connection node) {
      return node.executeCommand(new CommandArguments(Command.CLUSTER).add("SLOTS"))
              instanceof List<?> ranges
          ? Optional.of(ranges)
          : Optional.empty();
    }

    private View view(List<?> ranges, RedisEndpoint by) {
      var owner = Optional.<HostAndPort>empty();
      var all = new ArrayList<HostAndPort>();
      for (var range : ranges) {
        if (range instanceof List<?> parts
            && parts.size() > 2
            && parts.get(0) instanceof Long from
            && parts.get(1) instanceof Long to) {
          var those = parts.subList(2, parts.size()).stream().map(n -> address(n, by)).toList();
          those.forEach(address -> address.ifPresent(all::add));
          if (from <= slot && slot <= to) {
            owner = those.getFirst();
          }
        }
      }
      return new View(owner, all);
    }

    /** A node that does not know its own name leaves it out: then it is where it was asked. */
    private static Optional<HostAndPort> address(@Nullable Object node, RedisEndpoint by) {
      if (!(node instanceof List<?> words
          && words.size() > 1
          && words.get(1) instanceof Long port)) {
        return Optional.empty();
      }
      var host =
          words.get(0) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
      return Optional.of(
          new HostAndPort(host.isEmpty() || host.equals("?") ? by.host() : host, port.intValue()));
    }

    private StockUnavailableException unknown(List<NodeAnswer<View>> answers) {
      if (answers.stream().anyMatch(answer -> answer.problem().isEmpty())) {
        return wrong(
            "serve no slot %d, in which key '%s' lies".formatted(slot, key),
            "give it to one (CLUSTER ADDSLOTS, or `redis-cli --cluster fix`)");
      }
      return Directory.firstProblem(answers)
          .map(
              problem ->
                  wrong(
                      "do not answer: " + problem.words(),
                      problem.words().contains("cluster support disabled")
                          ? "that is no cluster; write redis:// for a server"
                          : problem.cure()))
          .orElseGet(() -> wrong("do not answer in time", "check the addresses, or --timeout"));
    }

    /** A node that is cut off from most others declines all commands. */
    @Override
    public boolean deposesUnasked() {
      return false;
    }

    @Override
    public StockUnavailableException wrong(String problem, String cure) {
      return new StockUnavailableException(cluster.label(), "the nodes " + problem, cure);
    }

    @Override
    public String reachable() {
      return "start it or wait for a failover; if it runs, let it announce an address that is"
          + " reached from here (cluster-announce-ip, cluster-announce-port)";
    }
  }
}
