package io.github.ticketsim.stock.redis;

import static java.util.stream.Collectors.joining;

import io.github.ticketsim.stock.StockUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A primary that Sentinels watch and replace, as a {@code redis-sentinel://} URI says it.
 *
 * @param sentinels with their own login
 * @param name by which they know the primary
 * @param login of the primary, whatever its address
 */
public record SentinelAddress(List<RedisEndpoint> sentinels, String name, RedisEndpoint login)
    implements RedisAddress, Directory {
  private static final int USUAL_PORT = 26_379;

  /** One that was silent for a moment is soon heard again. */
  private static final int MOST_LOOKS = 5;

  /** Copies {@code sentinels}. */
  public SentinelAddress {
    sentinels = List.copyOf(sentinels);
  }

  static SentinelAddress of(RedisUri uri, RedisLogin login) {
    uri.requireNoOther("sentinel-user", "sentinel-password", "db");
    var name = RedisUri.decode(uri.path());
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "lacks the name of the primary: write it like redis-sentinel://host:26379/NAME");
    }
    var user = uri.query().get("sentinel-user");
    var password = uri.query().get("sentinel-password");
    if (user != null && password == null) {
      throw new IllegalArgumentException("names a sentinel-user without a sentinel-password");
    }
    var addresses = uri.addresses(USUAL_PORT);
    var tls = login.tls(uri);
    return new SentinelAddress(
        addresses.stream()
            .map(address -> new RedisEndpoint(address, tls, user, password, 0))
            .toList(),
        name,
        new RedisEndpoint(
            addresses.getFirst(),
            tls,
            uri.user().orElse(null),
            login.password(uri).orElse(null),
            uri.queriedDatabase()));
  }

  @Override
  public String label() {
    return (login.tls().isPresent() ? "rediss" : "redis")
        + "-sentinel://"
        + sentinels.stream().map(sentinel -> sentinel.address().toString()).collect(joining(","))
        + "/"
        + name;
  }

  @Override
  public String toString() {
    return label();
  }

  @Override
  public boolean tlsSpoken() {
    return login.tls().isPresent();
  }

  @Override
  public String words() {
    return ", primary " + name + " of a Sentinel";
  }

  @Override
  public Route route(byte[] key, Duration timeout, LongSupplier nanoClock) {
    return Route.by(this, timeout, nanoClock);
  }

  /**
   * A primary that a Sentinel names.
   *
   * @param epoch how many failovers that Sentinel knows of
   * @param minority why it may not know of a later one; empty if it hears most of the others
   */
  private record NamedPrimary(HostAndPort address, long epoch, Optional<String> minority) {}

  /**
   * The Sentinel that knows of the latest failover is right: the others have yet to hear of it. But
   * one that is cut off from most others names the old primary for as long as that lasts.
   */
  @Override
  public RedisEndpoint primary(Duration timeout) {
    return primary(timeout, MOST_LOOKS);
  }

  private RedisEndpoint primary(Duration timeout, int looks) {
    var answers = Directory.askAll(sentinels, timeout, this::named);
    var said = answers.stream().flatMap(answer -> answer.said().stream()).toList();
    var epoch = said.stream().mapToLong(NamedPrimary::epoch).max();
    if (epoch.isEmpty()) {
      throw unknown(answers, timeout);
    }
    var latest = said.stream().filter(named -> named.epoch() == epoch.getAsLong()).toList();
    var addresses = latest.stream().map(NamedPrimary::address).distinct().toList();
    if (addresses.size() > 1) {
      throw wrong(
          "name different primaries: "
              + addresses.stream().map(Object::toString).sorted().collect(joining(", ")),
          "pass the Sentinels of one of them, or let all monitor the same (SENTINEL MONITOR)");
    }
    var minority = latest.getFirst().minority();
    if (minority.isEmpty() || latest.stream().anyMatch(named -> named.minority().isEmpty())) {
      return login.at(addresses.getFirst());
    }
    if (looks > 1) {
      LockSupport.parkNanos(Directory.GRACE.toNanos());
      return primary(timeout, looks - 1);
    }
    throw wrong(
        "name %s as the primary, but the others may have chosen another: %s"
            .formatted(addresses.getFirst(), minority.get()),
        "start the other Sentinels, or pass them too");
  }

  private Optional<NamedPrimary> named(Connection sentinel) {
    try {
      var fields = fields(call(sentinel, "MASTER", name));
      return address(fields.get("ip"), fields.get("port"))
          .map(address -> new NamedPrimary(address, epoch(fields), minority(sentinel)));
    } catch (JedisDataException e) {
      var words = RedisProblem.words(e);
      if (words.contains("No such master")) {
        return Optional.empty();
      }
      if (words.startsWith("NOPERM")) {
        return fewRights(sentinel);
      }
      throw e;
    }
  }

  private Optional<NamedPrimary> fewRights(Connection sentinel) {
    return call(sentinel, "GET-MASTER-ADDR-BY-NAME", name) instanceof List<?> words
            && words.size() == 2
        ? address(text(words.get(0)), text(words.get(1)))
            .map(address -> new NamedPrimary(address, 0, minority(sentinel)))
        : Optional.empty();
  }

  private static Optional<HostAndPort> address(@Nullable String host, @Nullable String port) {
    return host == null || port == null || !port.matches("[1-9][0-9]{0,4}")
        ? Optional.empty()
        : Optional.of(new HostAndPort(host, Integer.parseInt(port)));
  }

  /** Nothing is known against one that may not say it. */
  private Optional<String> minority(Connection sentinel) {
    try {
      var _ = call(sentinel, "CKQUORUM", name);
      return Optional.empty();
    } catch (JedisDataException e) {
      return Optional.of(RedisProblem.words(e).split("[.]", 2)[0])
          .filter(words -> words.startsWith("NOQUORUM "));
    }
  }

  private static long epoch(Map<String, String> fields) {
    var epoch = fields.getOrDefault("config-epoch", "0");
    return epoch.matches("[0-9]{1,18}") ? Long.parseLong(epoch) : 0;
  }

  private static @Nullable Object call(Connection sentinel, String... words) {
    return sentinel.executeCommand(
        new CommandArguments(Command.SENTINEL).addObjects((Object[]) words));
  }

  private static Map<String, String> fields(@Nullable Object reply) {
    var fields = new HashMap<String, String>();
    if (reply instanceof List<?> words) {
      for (var i = 0; i + 1 < words.size(); i += 2) {
        fields.put(text(words.get(i)), text(words.get(i + 1)));
      }
    }
    return fields;
  }

  private static String text(@Nullable Object word) {
    return word instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  private StockUnavailableException unknown(
      List<NodeAnswer<NamedPrimary>> answers, Duration timeout) {
    var known = new ArrayList<String>();
    for (var answer : Directory.askAll(sentinels, timeout, SentinelAddress::primaries)) {
      answer.said().stream().flatMap(List::stream).distinct().forEach(known::add);
    }
    if (answers.stream().anyMatch(answer -> answer.problem().isEmpty())) {
      return wrong(
          "know no primary named " + name,
          known.isEmpty()
              ? "let them monitor it (SENTINEL MONITOR)"
              : "name one that they know: "
                  + known.stream().distinct().sorted().collect(joining(", ")));
    }
    return Directory.firstProblem(answers)
        .map(
            problem ->
                wrong(
                    "do not answer: " + problem.words(),
                    problem.words().contains("unknown command")
                        ? "that is no Sentinel; write redis:// for a server"
                        : cure(problem)))
        .orElseGet(() -> wrong("do not answer in time", "check the addresses, or --timeout"));
  }

  private static String cure(RedisProblem problem) {
    return problem.words().matches(".*: (NOAUTH|WRONGPASS|NOPERM) .*")
        ? "their own login is ?sentinel-user=NAME&sentinel-password=WORD behind the name"
        : problem.aboutTls()
            ? problem.cure()
            : "check the addresses of the Sentinels in --redis, or start them";
  }

  private static Optional<List<String>> primaries(Connection sentinel) {
    return call(sentinel, "MASTERS") instanceof List<?> all
        ? Optional.of(all.stream().map(one -> fields(one).getOrDefault("name", "?")).toList())
        : Optional.empty();
  }

  /** A primary that they cannot reach goes on until they can. */
  @Override
  public boolean deposesUnasked() {
    return true;
  }

  @Override
  public StockUnavailableException wrong(String problem, String cure) {
    return new StockUnavailableException(label(), "the Sentinels " + problem, cure);
  }

  @Override
  public String reachable() {
    return "start it or wait for a failover; if it runs, let it announce an address that is reached"
        + " from here (replica-announce-ip, and SENTINEL MONITOR with that address)";
  }
}
