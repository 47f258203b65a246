package io.github.ticketsim.stock.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/**
 * The parts of a URI that names a Redis, however it is deployed.
 *
 * @param scheme in lower case, without the second s of TLS
 * @param tls whether it had that s
 * @param user decoded; empty for the default user
 * @param password decoded; empty for none
 * @param place what stands behind the login, without the query
 * @param query decoded
 */
record RedisUri(
    String scheme,
    boolean tls,
    Optional<String> user,
    Optional<String> password,
    String place,
    Map<String, String> query) {
  static final String PLAIN = "redis";
  static final String UNIX = "redis+unix";
  static final String SENTINEL = "redis-sentinel";
  static final String CLUSTER = "redis-cluster";

  private static final int MOST_PORT = 65_535;

  /** Not by {@link java.net.URI}, to which a host such as {@code redis_1} is none. */
  private static final Pattern URI =
      Pattern.compile("(?i)redis(s?)(-sentinel|-cluster|)://(.*)|redis\\+unix://(.*)");

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Za-z:.%]+]|[^\\s\\p{Cntrl}\\[\\]:@?#\\\\]*)(?::([0-9]*))?");

  /** What may stand in a user and a password as it is. */
  private static final Pattern LOGIN = Pattern.compile("(?:[^\\s@/?#%\\[\\]]|%[0-9A-Fa-f]{2})*");

  RedisUri {
    query = Map.copyOf(query);
  }

  /**
   * @throws IllegalArgumentException when {@code text} is none; the message does not repeat a
   *     password
   */
  static RedisUri parse(String text) {
    var uri = URI.matcher(text);
    if (!uri.matches()) {
      throw new IllegalArgumentException(
          "does not begin with redis://, rediss://, redis+unix://, redis-sentinel:// or"
              + " redis-cluster://");
    }
    var unix = uri.group(4) != null;
    var kind = unix ? UNIX : PLAIN + uri.group(2).toLowerCase(Locale.ROOT);
    var rest = unix ? uri.group(4) : uri.group(3);
    // The last one: whatever stands before it, a password with an @ in it too, is the login.
    var at = unix ? -1 : rest.lastIndexOf('@');
    var place = rest.substring(at + 1);
    var mark = kind.equals(PLAIN) ? -1 : place.indexOf('?');
    var login = at < 0 ? Optional.<String>empty() : Optional.of(rest.substring(0, at));
    login.ifPresent(RedisUri::requireEncoded);
    return new RedisUri(
        kind,
        !unix && !uri.group(1).isEmpty(),
        login.map(words -> decode(words.split(":", 2)[0])).filter(user -> !user.isEmpty()),
        login
            .filter(words -> words.contains(":"))
            .map(words -> decode(words.substring(words.indexOf(':') + 1))),
        mark < 0 ? place : place.substring(0, mark),
        mark < 0 ? Map.of() : query(place.substring(mark + 1)));
  }

  private static void requireEncoded(String login) {
    if (!LOGIN.matcher(login).matches()) {
      throw new IllegalArgumentException(
          "has a character in its user or password that must be percent-encoded: write %40 for @,"
              + " %2F for /, %3A for :, %3F for ?, %23 for #, %25 for %, %20 for a blank");
    }
  }

  private static Map<String, String> query(String text) {
    var query = new HashMap<String, String>();
    for (var part : text.split("&", -1)) {
      var equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("has a query that is not like ?name=value");
      }
      query.put(part.substring(0, equals), decode(part.substring(equals + 1)));
    }
    return query;
  }

  /** What is refused here is not repeated: behind a slash in a password it would be part of it. */
  static HostAndPort address(String text, int usualPort) {
    if (text.matches("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw new IllegalArgumentException(
          "has an IPv6 address without brackets: write it like redis://[::1]:6379");
    }
    if (text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException("has a query or a fragment");
    }
    var address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "has no host name, or a port that is no number (if a password is meant, @ and the host"
              + " must follow it)");
    }
    if (address.group(1).isEmpty()) {
      throw new IllegalArgumentException("has no host name");
    }
    var digits = address.group(2);
    if (digits == null || digits.isEmpty()) {
      return new HostAndPort(address.group(1), usualPort);
    }
    var port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException("has a port that is not in 1..65535");
    }
    return new HostAndPort(address.group(1), port);
  }

  /** All addresses in front of a slash, with commas between. */
  List<HostAndPort> addresses(int usualPort) {
    var addresses = new ArrayList<HostAndPort>();
    for (var one : host().split(",", -1)) {
      addresses.add(address(one, usualPort));
    }
    return addresses;
  }

  /** What stands before the first slash of the place. */
  String host() {
    var slash = place.indexOf('/');
    return slash < 0 ? place : place.substring(0, slash);
  }

  /** What stands behind it. */
  String path() {
    var slash = place.indexOf('/');
    return slash < 0 ? "" : place.substring(slash + 1);
  }

  /** The database in the query. */
  int queriedDatabase() {
    return database(query.getOrDefault("db", ""));
  }

  static int database(String text) {
    if (!text.matches("[0-9]{0,9}")) {
      throw new IllegalArgumentException("has a database that is no number");
    }
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  void requireNoOther(String... names) {
    for (var name : query.keySet()) {
      if (!List.of(names).contains(name)) {
        throw new IllegalArgumentException(
            names.length == 0
                ? "has a query"
                : "has a query other than " + String.join(", ", names));
      }
    }
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
