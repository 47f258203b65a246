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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which node of a cluster has which slot, as far as is known. All ways to its nodes share one. */
final class SlotOwners {
  private static final int SLOTS = 16_384;

  private final ClusterAddress cluster;
  private final AtomicReferenceArray<RedisEndpoint> owners = new AtomicReferenceArray<>(SLOTS);

  /** All nodes that were ever named. */
  private volatile Set<RedisEndpoint> nodes;

  SlotOwners(ClusterAddress cluster) {
    this.cluster = cluster;
    this.nodes = new LinkedHashSet<>(cluster.seeds());
  }

  /**
   * Slots without a gap that one node has.
   *
   * @param from the first
   * @param to the last
   */
  private record SlotRange(int from, int to, Optional<HostAndPort> owner) {}

  /**
   * What a node believes.
   *
   * @param all nodes that it knows
   */
  private record View(List<SlotRange> ranges, List<HostAndPort> all) {
    Optional<HostAndPort> owner(int slot) {
      return ranges.stream()
          .filter(range -> range.from <= slot && slot <= range.to)
          .findFirst()
          .flatMap(SlotRange::owner);
    }
  }

  static int slot(byte[] key) {
    return JedisClusterCRC16.getSlot(key);
  }

  /** The node that has it; empty if none has, or nobody was asked. */
  Optional<RedisEndpoint> owner(int slot) {
    return Optional.ofNullable(owners.get(slot));
  }

  /** The way to the node that has most of the keys. */
  Route route(List<byte[]> keys, Duration timeout, LongSupplier nanoClock) {
    return Route.by(new SlotGroup(keys), timeout, nanoClock);
  }

  /**
   * Asks all nodes. The one that most of them name has a slot: a node that was cut off may still
   * believe in an old one.
   *
   * @param needed keys whose slots must have an owner
   * @throws StockUnavailableException if one of them has none, or no node answers
   */
  void look(List<byte[]> needed, Duration timeout) {
    var answers = new ArrayList<NodeView>();
    for (var node : Directory.askAll(nodes, timeout, SlotOwners::slots)) {
      answers.add(new NodeView(node, node.said().map(said -> view(said, node.by()))));
    }
    var views = answers.stream().flatMap(answer -> answer.view().stream()).toList();
    var login = cluster.seeds().getFirst();
    var named = new LinkedHashSet<>(nodes);
    views.forEach(view -> view.all().forEach(address -> named.add(login.at(address))));
    nodes = Set.copyOf(named);
    vote(views, login);
    for (var key : needed) {
      if (owner(slot(key)).isEmpty()) {
        throw unknown(answers.stream().map(NodeView::answer).toList(), key);
      }
    }
  }

  /** What {@code answer} means. */
  private record NodeView(Directory.NodeAnswer<List<?>> answer, Optional<View> view) {}

  private void vote(List<View> views, RedisEndpoint login) {
    var borders = new TreeSet<Integer>(List.of(0, SLOTS));
    for (var view : views) {
      for (var range : view.ranges()) {
        borders.add(range.from());
        borders.add(range.to() + 1);
      }
    }
    var from = 0;
    for (var until : borders.tailSet(1)) {
      var owner = mostNamed(views, from).map(login::at).orElse(null);
      for (var slot = from; slot < until; slot++) {
        owners.set(slot, owner);
      }
      from = until;
    }
  }

  private static Optional<HostAndPort> mostNamed(List<View> views, int slot) {
    var votes = new HashMap<HostAndPort, Integer>();
    for (var view : views) {
      view.owner(slot).ifPresent(owner -> votes.merge(owner, 1, Integer::sum));
    }
    return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private static Optional<List<?>> slots(Connection node) {
    return node.executeCommand(new CommandArguments(Command.CLUSTER).add("SLOTS"))
            instanceof List<?> ranges
        ? Optional.of(ranges)
        : Optional.empty();
  }

  private static View view(List<?> said, RedisEndpoint by) {
    var ranges = new ArrayList<SlotRange>();
    var all = new ArrayList<HostAndPort>();
    for (var range : said) {
      if (range instanceof List<?> parts
          && parts.size() > 2
          && parts.get(0) instanceof Long from
          && parts.get(1) instanceof Long to
          && 0 <= from
          && from <= to
          && to < SLOTS) {
        var those = parts.subList(2, parts.size()).stream().map(n -> address(n, by)).toList();
        those.forEach(address -> address.ifPresent(all::add));
        ranges.add(new SlotRange(from.intValue(), to.intValue(), those.getFirst()));
      }
    }
    return new View(ranges, all);
  }

  /** A node that does not know its own name leaves it out: then it is where it was asked. */
  private static Optional<HostAndPort> address(@Nullable Object node, RedisEndpoint by) {
    if (!(node instanceof List<?> words && words.size() > 1 && words.get(1) instanceof Long port)) {
      return Optional.empty();
    }
    var host =
        words.get(0) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    return Optional.of(
        new HostAndPort(host.isEmpty() || host.equals("?") ? by.host() : host, port.intValue()));
  }

  private StockUnavailableException unknown(
      List<Directory.NodeAnswer<List<?>>> answers, byte[] key) {
    if (answers.stream().anyMatch(answer -> answer.problem().isEmpty())) {
      return wrong(
          "serve no slot %d, in which key '%s' lies".formatted(slot(key), RedisReply.text(key)),
          "give it to one (CLUSTER ADDSLOTS, or `redis-cli --cluster fix`)");
    }
    return Directory.firstProblem(answers)
        .map(problem -> wrong("do not answer: " + problem.words(), cure(problem)))
        .orElseGet(() -> wrong("do not answer in time", "check the addresses, or --timeout"));
  }

  private String cure(RedisProblem problem) {
    if (problem.words().contains("cluster support disabled")) {
      return "that is no cluster; write redis:// for a server";
    }
    var user = cluster.seeds().getFirst().user();
    return problem.words().contains("NOPERM")
        ? "let an administrator run `ACL SETUSER %s +cluster|slots` on each node, or log in as another user"
            .formatted(user == null ? "default" : user)
        : problem.cure();
  }

  private StockUnavailableException wrong(String problem, String cure) {
    return new StockUnavailableException(cluster.label(), "the nodes " + problem, cure);
  }

  /** Finds the node that has the slots of some keys, or most of them while they are moved. */
  private final class SlotGroup implements Directory {
    private final List<byte[]> keys;
    private final List<Integer> slots;

    SlotGroup(List<byte[]> keys) {
      this.keys = List.copyOf(keys);
      this.slots = keys.stream().map(SlotOwners::slot).distinct().toList();
    }

    @Override
    public RedisEndpoint primary(Duration timeout) {
      look(keys, timeout);
      var most = new HashMap<RedisEndpoint, Integer>();
      slots.forEach(slot -> owner(slot).ifPresent(node -> most.merge(node, 1, Integer::sum)));
      return most.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    @Override
    public boolean moves(int slot, RedisEndpoint node) {
      owners.set(slot, node);
      var there = slots.stream().filter(s -> owner(s).filter(node::equals).isPresent()).count();
      return slots.contains(slot) && 2 * there > slots.size();
    }

    @Override
    public boolean redirects() {
      return true;
    }

    /** A node that is cut off from most others declines all commands. */
    @Override
    public boolean deposesUnasked() {
      return false;
    }

    @Override
    public StockUnavailableException wrong(String problem, String cure) {
      return SlotOwners.this.wrong(problem, cure);
    }

    @Override
    public String reachable() {
      return "start it or wait for a failover; if it runs, let it announce an address that is"
          + " reached from here (cluster-announce-ip, cluster-announce-port)";
    }
  }
}
