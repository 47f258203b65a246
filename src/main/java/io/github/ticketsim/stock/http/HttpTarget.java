package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.Place;
import io.github.ticketsim.sale.Template;
import io.github.ticketsim.sale.Text;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request. Its path, headers and body may have values in them.
 *
 * @param headers beside those that every request needs
 * @param body empty for none
 */
public record HttpTarget(
    HttpAddress address, Method method, List<HttpHeader> headers, String body) {
  private static final String JSON = "application/json";
  private static final String CONTENT_TYPE = "Content-Type";

  /** A member of a body whose name says that its value is secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(\"[^\"]*(?:password|secret|token|access)[^\"]*\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");

  /** The methods that can buy. */
  public enum Method {
    POST,
    PUT,
    PATCH,
    DELETE,
    GET
  }

  /** A look at {@code page}, with the fixed headers of this target if it is on the same server. */
  public HttpTarget look(HttpAddress page) {
    return new HttpTarget(page, Method.GET, headersFor(page), /* body= */ "");
  }

  /** The headers that are the same for all buyers, if {@code page} is on the same server. */
  public List<HttpHeader> headersFor(HttpAddress page) {
    return address.sameServer(page)
        ? headers.stream().filter(header -> !Template.hasValues(header.value())).toList()
        : List.of();
  }

  /** {@code others}, and the headers of this target whose names they do not have. */
  public List<HttpHeader> headersAfter(List<HttpHeader> others) {
    return Stream.concat(
            others.stream(),
            headers.stream()
                .filter(own -> others.stream().noneMatch(other -> other.is(own.name()))))
        .toList();
  }

  /**
   * Makes sure that all its values are among {@code known}.
   *
   * @throws IllegalArgumentException naming the one that is not, and those that are
   */
  public void requireKnown(Collection<String> known) {
    templates().forEach(template -> template.requireKnown(known));
  }

  /** The names of all its values. */
  public Set<String> names() {
    return templates()
        .flatMap(template -> template.names().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<Template> templates() {
    return Stream.concat(
        Stream.of(path(), Template.parse(body)),
        headers.stream().map(header -> Template.parse(header.value())));
  }

  private Template path() {
    return Template.parse(address.path());
  }

  /**
   * The whole request.
   *
   * @throws IllegalArgumentException if a value is unknown, or cannot stand where it should
   */
  HttpRequest request(Values values) {
    var head = new Text.Builder(values);
    head.literal(method + " ").template(path(), Place.URL).literal(" HTTP/1.1");
    add(head, "Host", address.authority());
    add(head, "User-Agent", "ticket-sim");
    add(head, "Accept", JSON);
    add(head, "Accept-Encoding", "identity");
    address.authorization().ifPresent(login -> add(head, "Authorization", login));
    if (!body.isEmpty()) {
      add(head, CONTENT_TYPE, JSON);
    }
    headers.forEach(
        header ->
            head.literal("\r\n" + header.name() + ": ")
                .template(Template.parse(header.value()), Place.HEADER));
    var sized = method != Method.GET || !body.isEmpty();
    if (sized) {
      head.literal("\r\nContent-Length: ");
    }
    var content = new Text.Builder(values).template(Template.parse(body), place());
    return new HttpRequest(head.build(), content.build(), sized);
  }

  /** Adds a header unless the user gives one of that name. */
  private void add(Text.Builder head, String name, String value) {
    if (headers.stream().noneMatch(header -> header.is(name))) {
      head.literal("\r\n" + name + ": " + value);
    }
  }

  private Place place() {
    var type =
        headers.stream()
            .filter(header -> header.is(CONTENT_TYPE))
            .map(header -> header.value().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse(JSON);
    return type.contains("json")
        ? Place.JSON
        : type.startsWith("application/x-www-form-urlencoded") ? Place.FORM : Place.TEXT;
  }

  /** The request as people may see it: without secrets. */
  String shown(Values values, PurchaseRequest purchase, String order) {
    var shown = new ArrayList<HttpHeader>();
    address.authorization().ifPresent(_ -> shown.add(new HttpHeader("Authorization", "***")));
    headers.forEach(header -> shown.add(header.masked()));
    var masked = new HttpTarget(address.masked(), method, shown, body);
    var bytes = masked.request(values.masked()).bytes(purchase, order);
    return withoutSecrets(new String(bytes, StandardCharsets.UTF_8));
  }

  static String withoutSecrets(String text) {
    return SECRET.matcher(text).replaceAll("$1***");
  }
}
