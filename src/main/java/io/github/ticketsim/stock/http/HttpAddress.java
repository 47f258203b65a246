package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.Template;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An {@code http://} or {@code https://} URL.
 *
 * @param uri without a fragment
 * @param login user and password as they are, empty if the URL names no user
 * @param host as in the URL, where an IPv6 address has brackets; international names as DNS has
 *     them
 * @param port zero if the URL has none
 */
public record HttpAddress(URI uri, String login, String host, int port) {
  private static final String TLS_SCHEME = "https";
  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;
  private static final int MOST_PORT = 65_535;
  private static final String EXAMPLE = "http://localhost:8080/buy";
  private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*");
  private static final Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  /** Unlike what {@link URI} reads, a host may have an underscore, as those of Compose do. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:([^@]*)@)?(\\[[0-9A-Fa-f:.]+]|[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]*))(?::([0-9]{1,6})?)?");

  /** In a query: the value behind a name. */
  private static final Pattern VALUES = Pattern.compile("=[^&]*");

  /** A value of a template in a URL. */
  private static final Pattern ESCAPED = Pattern.compile("%7B%7B(.*?)%7D%7D");

  /** What may be secret in a text that is no URL. */
  private static final Pattern SECRETS = Pattern.compile("^([^/]*//)?[^/]*@");

  /**
   * Reads {@code http[s]://[user[:password]@]host[:port][/path][?query]}.
   *
   * @throws IllegalArgumentException when {@code text} is no such URL; the message says what is
   *     wrong and how to write it, without repeating what may be secret
   */
  public static HttpAddress parse(String text) {
    if (!SCHEME.matcher(text).matches()) {
      throw wrong(
          text,
          "does not begin with http:// or https://",
          ANY_SCHEME.matcher(text).matches() ? EXAMPLE : "http://" + withoutSecrets(text));
    }
    URI uri;
    try {
      uri = new URI(Template.replace(text, HttpAddress::escaped));
    } catch (URISyntaxException e) {
      throw wrong(text, "is no URL (" + e.getReason() + ")", EXAMPLE);
    }
    var authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
    if (!authority.matches()) {
      throw wrong(text, "has no host name, or a port that is no number", EXAMPLE);
    }
    var port = authority.group(3) == null ? 0 : Integer.parseInt(authority.group(3));
    if (authority.group(3) != null && (port == 0 || port > MOST_PORT)) {
      throw wrong(text, "has a port that is not in 1..65535", EXAMPLE);
    }
    if (uri.getFragment() != null) {
      throw wrong(text, "has a fragment", EXAMPLE);
    }
    return new HttpAddress(uri, login(authority.group(1)), ascii(text, authority.group(2)), port);
  }

  private static String login(@Nullable String raw) {
    return raw == null ? "" : URI.create("http://" + raw + "@host").getUserInfo();
  }

  private static String ascii(String text, String host) {
    try {
      return host.startsWith("[") ? host : IDN.toASCII(host);
    } catch (IllegalArgumentException _) {
      throw wrong(text, "has no host name", EXAMPLE);
    }
  }

  private static IllegalArgumentException wrong(String text, String rule, String cure) {
    return new IllegalArgumentException(
        "'%s' %s; write it like %s".formatted(withoutSecrets(text), rule, cure));
  }

  private static String withoutSecrets(String text) {
    var bare = SECRETS.matcher(text).replaceFirst("$1***@");
    var query = bare.indexOf('?');
    return query < 0
        ? bare
        : bare.substring(0, query) + VALUES.matcher(bare.substring(query)).replaceAll("=***");
  }

  /**
   * Another address: a path behind this one, or a whole URL.
   *
   * @throws IllegalArgumentException if {@code url} is neither
   */
  public HttpAddress at(String url) {
    if (SCHEME.matcher(url).matches()) {
      return parse(url);
    }
    if (!url.startsWith("/")) {
      throw new IllegalArgumentException(
          "'%s' is neither a path such as /orders nor a URL such as %s"
              .formatted(withoutSecrets(url), EXAMPLE));
    }
    var path = uri.getRawPath();
    var folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    var behind = parse(uri.getScheme() + "://" + authority() + unescaped(folder) + url);
    return new HttpAddress(behind.uri, login, behind.host, behind.port);
  }

  boolean tls() {
    return TLS_SCHEME.equalsIgnoreCase(uri.getScheme());
  }

  /** As sockets want it: an IPv6 address without brackets. */
  String hostName() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int portNumber() {
    return port > 0 ? port : tls() ? TLS_PORT : PLAIN_PORT;
  }

  /** Host and port, as a {@code Host} header has them. */
  String authority() {
    return host + (port > 0 ? ":" + port : "");
  }

  /** Path and query, as the first line of a request has them. */
  String path() {
    var path = uri.getRawPath();
    return unescaped(
        (path.isEmpty() ? "/" : path) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
  }

  /** A value of a template as a URL can hold it. */
  private static String escaped(String name) {
    return "%7B%7B" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "%7D%7D";
  }

  private static String unescaped(String path) {
    return ESCAPED
        .matcher(path)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    "{{" + URLDecoder.decode(match.group(1), StandardCharsets.UTF_8) + "}}"));
  }

  /** The same as people may see it. */
  HttpAddress masked() {
    var query = uri.getRawQuery();
    return query == null
        ? new HttpAddress(uri, "", host, port)
        : new HttpAddress(
            URI.create(
                uri.getScheme()
                    + "://"
                    + authority()
                    + uri.getRawPath()
                    + "?"
                    + VALUES.matcher(query).replaceAll("=***")),
            "",
            host,
            port);
  }

  /** What an {@code Authorization} header has to say if the URL names a user. */
  Optional<String> authorization() {
    if (login.isEmpty()) {
      return Optional.empty();
    }
    // The colon stands there without a password too, see RFC 7617.
    var credentials = login.contains(":") ? login : login + ":";
    return Optional.of(
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether {@code other} is the same server. */
  boolean sameServer(HttpAddress other) {
    return tls() == other.tls()
        && host.equalsIgnoreCase(other.host())
        && portNumber() == other.portNumber();
  }

  /** The URL for messages and files: without user and password, and without values in a query. */
  public String label() {
    var query = uri.getRawQuery();
    return uri.getScheme()
        + "://"
        + authority()
        + unescaped(uri.getRawPath())
        + (query == null ? "" : "?" + VALUES.matcher(query).replaceAll("=***"));
  }

  @Override
  public String toString() {
    return label();
  }
}
