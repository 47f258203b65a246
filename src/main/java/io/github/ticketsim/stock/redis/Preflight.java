package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds out before a sale whether Redis will let us do all that it takes, and leaves the stock as
 * it is. Redis checks the rights of a command when it queues it for a transaction; the connection
 * is closed before the transaction is executed.
 *
 * @param endpoint with the login to try
 * @param timeout for each reply
 * @param key of the stock; empty if the sale says what it sells
 * @param cluster whether a slot that is moved is to be followed
 */
public record Preflight(RedisEndpoint endpoint, Duration timeout, String key, boolean cluster) {
  private static final String NAME = "ticket-sim-preflight";

  /** How many missing rules are named at once. */
  private static final int MOST_LACKING = 16;

  private static final List<Right> TO_SETTLE =
      List.of(
          new Right("client|setname", List.of("client", "setname", NAME), "", true),
          new Right("client|list", List.of("client", "list"), "", true));

  /**
   * What needs rights.
   *
   * @param words for people
   * @param since the first servers that know all of it; empty if every Redis does
   * @param replicas that must acknowledge a purchase
   */
  private record Needer(String words, Optional<String> since, int replicas) {}

  private static final Pattern NAMED = Pattern.compile("the '([^']+)' command");

  /** Answers that say nothing against a command: it was read, and the key holds something else. */
  private static final Set<String> HARMLESS = Set.of("ERR", "NOSCRIPT", "WRONGTYPE", "EXECABORT");

  /**
   * Makes sure that all of {@code strategies} can sell.
   *
   * @param preload whether the stock is set before
   * @param replicas that must acknowledge a purchase
   * @return what the user may not do without which less can be proven, with a cure
   * @throws StockUnavailableException when Redis would refuse a command that a strategy needs, or
   *     has too few replicas
   */
  public Optional<String> ofSale(List<RedisStrategy> strategies, boolean preload, int replicas) {
    var untested = new LinkedHashSet<Right>();
    for (var strategy : strategies) {
      untested.addAll(
          require(
              Stream.of(
                      preload ? strategy.encoding(key).rights() : List.<Right>of(),
                      strategy.rights(key),
                      replicas > 0 ? List.of(Right.toWait()) : List.<Right>of())
                  .flatMap(List::stream)
                  .distinct()
                  .toList(),
              new Needer("strategy " + strategy, strategy.since(), replicas)));
    }
    return doubts(untested);
  }

  /**
   * Makes sure that {@code sale} can be sold, as far as its commands tell: what a script calls, the
   * storm alone shows. Each server is asked for what is sent to it.
   *
   * @param replicas that must acknowledge a purchase
   * @return what the user may not do without which less can be proven, with a cure
   * @throws StockUnavailableException when Redis would refuse a command of the sale, or has too few
   *     replicas
   */
  public static List<String> ofSale(RedisSale sale, Shards shards, Duration timeout, int replicas) {
    var everywhere = new ArrayList<Right>();
    if (replicas > 0) {
      everywhere.add(Right.toWait());
    }
    var byServer = new LinkedHashMap<RedisEndpoint, List<Right>>();
    shards.routes().forEach(route -> byServer.put(route.server(), new ArrayList<>()));
    for (var right : sale.rights()) {
      if (right.key().isEmpty()) {
        everywhere.add(right);
      } else {
        byServer
            .computeIfAbsent(shards.server(bytes(right.key())), _ -> new ArrayList<>())
            .add(right);
      }
    }
    var doubts = new ArrayList<String>();
    byServer.forEach(
        (server, rights) -> {
          rights.addAll(everywhere);
          var preflight = new Preflight(server, timeout, "", shards.cluster());
          var needer = new Needer("this sale", Optional.empty(), replicas);
          preflight.doubts(preflight.require(rights, needer)).ifPresent(doubts::add);
        });
    return doubts;
  }

  /**
   * Makes sure that the stock can be set as {@code strategy} sells it.
   *
   * @throws StockUnavailableException when Redis would refuse a command that this takes
   */
  public void ofPreload(RedisStrategy strategy) {
    require(
        strategy.encoding(key).rights(),
        new Needer("preload for strategy " + strategy, Optional.empty(), 0));
  }

  /** Returns those that cannot be tested. */
  private Collection<Right> require(List<Right> needed, Needer needer) {
    requireOneSlot(needed, needer);
    var rights =
        Stream.concat(needed.stream(), cluster ? Right.toFollow().stream() : Stream.of()).toList();
    try (var connection = NamedConnections.open(endpoint, timeout, NAME)) {
      var lacking = new LinkedHashSet<String>();
      rights.stream()
          .filter(right -> right.harmless() && !right.equals(Right.MULTI))
          .forEach(right -> lacking.addAll(lacking(connection, right, needer)));
      var writes = rights.stream().filter(right -> !right.harmless()).toList();
      var noMulti = lacking(connection, Right.MULTI, needer);
      if (noMulti.isEmpty()) {
        writes.forEach(right -> lacking.addAll(lacking(connection, right, needer)));
      } else if (rights.contains(Right.MULTI)) {
        lacking.addAll(noMulti);
      }
      if (!lacking.isEmpty()) {
        var named = lacking.stream().limit(MOST_LACKING).toList();
        throw new StockUnavailableException(
            endpoint.label(),
            "NOPERM: user %s may not do all that %s needs, %s is missing"
                .formatted(user(), needer.words(), String.join(" ", named)),
            "let an administrator run `" + grant(named) + "`, or log in as another user");
      }
      new PrimaryCheck(endpoint, timeout).require(needer.replicas());
      return noMulti.isEmpty() ? List.of() : writes;
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  /**
   * The lock of a strategy would be on another node than its stock, now or after a slot is moved.
   */
  private void requireOneSlot(List<Right> needed, Needer needer) {
    needed.stream()
        .map(Right::key)
        .filter(other -> cluster && !key.isEmpty() && !other.isEmpty())
        .filter(other -> SlotOwners.slot(bytes(other)) != SlotOwners.slot(bytes(key)))
        .findFirst()
        .ifPresent(
            other -> {
              throw new StockUnavailableException(
                  endpoint.label(),
                  "%s needs keys '%s' and '%s', which lie in two slots"
                      .formatted(needer.words(), key, other),
                  tagged());
            });
  }

  private String tagged() {
    return "the lock must be on the node of the stock: pass a --key with a hash tag, such as {%s}"
        .formatted(key);
  }

  /** Rules that would grant it; none if it is granted. */
  private List<String> lacking(Connection connection, Right right, Needer needer) {
    try {
      var command = new CommandArguments(() -> bytes(right.call().getFirst()));
      right.call().stream().skip(1).forEach(command::add);
      var _ = connection.executeCommand(command);
      return List.of();
    } catch (JedisDataException e) {
      var words = RedisProblem.words(e);
      // A refused EXEC is an EXECABORT because of that.
      if (words.contains("NOPERM ")) {
        return List.of(words.contains("command") ? "+" + name(words, right) : pattern(right.key()));
      }
      if (words.startsWith("ERR unknown ")
          || (needer.since().isPresent() && words.equals("ERR syntax error"))) {
        return unknown(e, right, needer);
      }
      if (words.startsWith("MOVED") && key.isEmpty() && cluster) {
        // It has been moved since, or is no key.
        return List.of();
      }
      if (words.startsWith("MOVED") && !right.key().equals(key) && !right.key().isEmpty()) {
        throw new StockUnavailableException(endpoint.label(), words, tagged());
      }
      if (!HARMLESS.contains(words.split(" ", 2)[0])) {
        throw e;
      }
      return List.of();
    }
  }

  /** Redis says it with the subcommand, if it is about one. */
  private static String name(String refusal, Right right) {
    var named = NAMED.matcher(refusal);
    return named.find() ? named.group(1) : right.name();
  }

  /** Somebody renamed the command away, or it is too new, or this is no Redis that sells. */
  private List<String> unknown(JedisDataException refusal, Right right, Needer needer) {
    throw new SecondLook(endpoint, timeout)
        .sentinel()
        .orElseGet(
            () ->
                needer
                    .since()
                    .map(
                        since ->
                            tooOld(
                                RedisProblem.words(refusal).startsWith("ERR unknown ")
                                    ? right.name().toUpperCase(Locale.ROOT)
                                    : right.words(),
                                needer,
                                since))
                    .orElseGet(
                        () ->
                            new RedisProblem(
                                RedisProblem.words(refusal),
                                needer.words()
                                    + " needs it: choose another way to sell, or undo"
                                    + " rename-command there")))
        .at(endpoint);
  }

  private RedisProblem tooOld(String unknown, Needer needer, String since) {
    try (var control = RedisControl.connect(endpoint, timeout)) {
      return new RedisProblem(
          "%s does not know %s".formatted(control.server(), unknown),
          "%s needs %s: choose another --strategy, or pass --redis a newer server"
              .formatted(needer.words(), since));
    }
  }

  private Optional<String> doubts(Collection<Right> untested) {
    try (var connection = NamedConnections.open(endpoint, timeout, NAME)) {
      var lacking =
          TO_SETTLE.stream()
              .filter(right -> forbidden(connection, right))
              .map(Right::name)
              .toList();
      var sentences =
          Stream.of(
                  lacking.isEmpty() ? "" : "the verdict can be UNKNOWN at best",
                  untested.isEmpty()
                      ? ""
                      : "whether it may "
                          + untested.stream()
                              .map(right -> right.name().toUpperCase(Locale.ROOT))
                              .distinct()
                              .collect(Collectors.joining(", "))
                          + " the storm alone can tell")
              .filter(sentence -> !sentence.isEmpty())
              .toList();
      if (sentences.isEmpty()) {
        return Optional.empty();
      }
      var rules =
          Stream.concat(lacking.stream(), untested.isEmpty() ? Stream.of() : Stream.of("multi"))
              .map(name -> "+" + name)
              .toList();
      return Optional.of(
          "%s: user %s lacks %s, so %s; let an administrator run `%s`"
              .formatted(
                  endpoint.label(),
                  user(),
                  String.join(" ", rules),
                  String.join(", and ", sentences),
                  grant(rules)));
    } catch (JedisException e) {
      throw new SecondLook(endpoint, timeout).at(e);
    }
  }

  private static boolean forbidden(Connection connection, Right right) {
    try {
      var command = new CommandArguments(Command.CLIENT);
      right.call().stream().skip(1).forEach(command::add);
      var _ = connection.executeCommand(command);
      return false;
    } catch (JedisDataException e) {
      return RedisProblem.words(e).startsWith("NOPERM");
    }
  }

  private String user() {
    return endpoint.user() == null ? "default" : endpoint.user();
  }

  private String grant(Collection<String> rules) {
    return "ACL SETUSER " + user() + " " + String.join(" ", rules);
  }

  /** A rule for that key alone, as redis-cli reads it. */
  private static String pattern(String key) {
    var rule = "~" + key.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    return rule.matches("[^\\s\"']+")
        ? rule
        : '"' + rule.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }
}
