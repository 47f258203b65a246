package io.github.ticketsim.stock.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An {@code http://} or {@code https://} URL.
 *
 * @param uri with a host, and without a fragment
 */
public record HttpAddress(URI uri) {
  private static final String TLS_SCHEME = "https";
  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;
  private static final int MOST_PORT = 65_535;

  /** In a query: the value behind a name. */
  private static final Pattern VALUES = Pattern.compile("=[^&]*");

  /**
   * Reads {@code http[s]://[user:password@]host[:port][/path][?query]}.
   *
   * @throws IllegalArgumentException when {@code text} is no such URL; the message says what is
   *     wrong, without repeating what may be secret
   */
  public static HttpAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no URL (" + e.getReason() + ")");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())
        && !TLS_SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("does not begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("has no host name, or a port that is no number");
    }
    if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
      throw new IllegalArgumentException("has a port that is not in 1..65535");
    }
    if (uri.getFragment() != null) {
      throw new IllegalArgumentException("has a fragment");
    }
    return new HttpAddress(uri);
  }

  boolean tls() {
    return TLS_SCHEME.equalsIgnoreCase(uri.getScheme());
  }

  /** As sockets want it: an IPv6 address without brackets. */
  String host() {
    var host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return uri.getPort() > 0 ? uri.getPort() : tls() ? TLS_PORT : PLAIN_PORT;
  }

  /** Host and port, as a {@code Host} header has them. */
  String authority() {
    return uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
  }

  /** Path and query, as the first line of a request has them. */
  String path() {
    var path = uri.getRawPath();
    return (path.isEmpty() ? "/" : path)
        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  /** What an {@code Authorization} header has to say, where the URL names a user. */
  Optional<String> authorization() {
    return Optional.ofNullable(uri.getUserInfo())
        .map(
            login ->
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether {@code other} is the same server. */
  boolean sameServer(HttpAddress other) {
    return tls() == other.tls() && host().equalsIgnoreCase(other.host()) && port() == other.port();
  }

  /** The URL for messages and files: without user and password, and without values in a query. */
  public String label() {
    var query = uri.getRawQuery();
    return uri.getScheme()
        + "://"
        + authority()
        + uri.getRawPath()
        + (query == null ? "" : "?" + VALUES.matcher(query).replaceAll("=***"));
  }

  @Override
  public String toString() {
    return label();
  }
}
