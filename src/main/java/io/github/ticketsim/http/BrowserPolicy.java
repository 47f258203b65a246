package io.github.ticketsim.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which web pages may use the service. A browser sends what any page asks for, from behind every
 * firewall, and says which page it was in {@code Origin}. A page may also have its own name point
 * to the service (DNS rebinding), so that it seems to be the service's own; then {@code Host} has
 * that name. An IP address is no name, and cannot be pointed anywhere.
 *
 * @param hosts names of the service beside {@code localhost}, in lower case
 * @param origins of the pages that may use it, as browsers send them
 */
public record BrowserPolicy(Set<String> hosts, Set<String> origins) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9_.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern USUAL_PORT = Pattern.compile("(http://.*):80|(https://.*):443");

  /** The service itself, on this machine or by its address. */
  public static final BrowserPolicy OWN = new BrowserPolicy(Set.of(), Set.of());

  public BrowserPolicy {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
  }

  /**
   * A host name in the form that is compared.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "', expected a host name without a port");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * An origin as browsers send it, without the usual port.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static String origin(String text) {
    var origin = text.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "'%s', expected SCHEME://HOST[:PORT] without a path, such as https://shop.example"
              .formatted(text));
    }
    return USUAL_PORT.matcher(origin).replaceAll("$1$2");
  }

  /** The same, for a service that is called {@code names} too. */
  BrowserPolicy knowing(List<String> names) {
    return new BrowserPolicy(
        Stream.concat(hosts.stream(), names.stream().map(name -> name.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        origins);
  }

  /** Why the request must not be answered, if it must not. Pages may ask, but not read. */
  Optional<ProblemDetails> refusal(ServerRequest request) {
    var host = request.headers().get(HeaderNames.HOST).get();
    if (!knows(name(host))) {
      return Optional.of(
          ProblemDetails.of(
                  Status.MISDIRECTED_REQUEST_421,
                  "Host: '%s' is no known name of this service; known are IP addresses, localhost%s"
                          .formatted(
                              host,
                              hosts.stream()
                                  .sorted()
                                  .map(", "::concat)
                                  .collect(Collectors.joining()))
                      + " and what serve --allow-host names")
              .with("reason", "host"));
    }
    var method = request.prologue().method();
    if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
      return Optional.empty();
    }
    return origins(request).stream()
        .filter(origin -> !isOwn(origin, host) && !isAllowed(origin))
        .findFirst()
        .map(
            origin ->
                ProblemDetails.of(
                        Status.FORBIDDEN_403,
                        "Origin: web pages of '%s' may not use this service; serve --allow-origin names those that may"
                            .formatted(origin))
                    .with("reason", "origin"));
  }

  private static List<String> origins(ServerRequest request) {
    return request.headers().values(HeaderNames.ORIGIN);
  }

  /** Without the port, which a forwarding may have changed. */
  private static String name(String host) {
    var colon = host.lastIndexOf(':');
    var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private boolean knows(String name) {
    return name.equals("localhost") || isAddress(name) || hosts.contains(name);
  }

  /** Nothing else has a bracket, or digits and dots alone. */
  private static boolean isAddress(String name) {
    if (name.startsWith("[")) {
      return true;
    }
    for (var i = 0; i < name.length(); i++) {
      var each = name.charAt(i);
      if ((each < '0' || each > '9') && each != '.') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isOwn(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host);
  }

  private boolean isAllowed(String origin) {
    return origins.contains(origin);
  }

  /** Lets the page that asks read the answer, if it is an allowed one. */
  void letRead(ServerRequest request, ServerResponse response) {
    if (origins.isEmpty()) {
      return;
    }
    response.header(HeaderNames.VARY, HeaderNames.ORIGIN.defaultCase());
    var origin = origins(request);
    if (origin.size() == 1 && isAllowed(origin.getFirst())) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.getFirst());
      response.header(
          HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, HeaderNames.RETRY_AFTER.defaultCase());
    }
  }

  /** Whether a browser asks if an allowed page may send {@code method}, as it does before. */
  boolean isPreflight(ServerRequest request) {
    return request.prologue().method().equals(Method.OPTIONS)
        && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD)
        && origins(request).stream().anyMatch(this::isAllowed);
  }

  /** Answers that: with what its path takes. */
  static void answerPreflight(Method method, ServerResponse response) {
    response.status(Status.NO_CONTENT_204);
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, method.text());
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Idempotency-Key");
    Responses.sendHead(response);
  }
}
