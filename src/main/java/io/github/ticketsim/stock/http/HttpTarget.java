package io.github.ticketsim.stock.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is sent to buy a ticket.
 *
 * @param headers beside those that every request needs
 * @param body empty for none
 */
public record HttpTarget(
    HttpAddress address, Method method, List<HttpHeader> headers, String body) {

  /** The methods that can buy. */
  public enum Method {
    POST,
    PUT,
    PATCH,
    DELETE,
    GET
  }

  /** A look at {@code page}, with the headers of this target if it is on the same server. */
  HttpTarget look(HttpAddress page) {
    return new HttpTarget(
        page, Method.GET, address.sameServer(page) ? headers : List.of(), /* body= */ "");
  }

  /** The whole request, the same for all buyers. */
  byte[] request() {
    var content = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder();
    head.append(method).append(' ').append(address.path()).append(" HTTP/1.1\r\n");
    add(head, "Host", address.authority());
    add(head, "User-Agent", "ticket-sim");
    add(head, "Accept", "application/json");
    add(head, "Accept-Encoding", "identity");
    address.authorization().ifPresent(login -> add(head, "Authorization", login));
    if (content.length > 0) {
      add(head, "Content-Type", "application/json");
    }
    headers.forEach(header -> line(head, header.name(), header.value()));
    if (method != Method.GET || content.length > 0) {
      line(head, "Content-Length", Integer.toString(content.length));
    }
    var first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    var request = new byte[first.length + content.length];
    System.arraycopy(first, 0, request, 0, first.length);
    System.arraycopy(content, 0, request, first.length, content.length);
    return request;
  }

  /** Adds a header unless the user gives one of that name. */
  private void add(StringBuilder head, String name, String value) {
    if (headers.stream().noneMatch(header -> header.is(name))) {
      line(head, name, value);
    }
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
