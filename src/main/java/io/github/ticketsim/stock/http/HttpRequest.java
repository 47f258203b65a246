package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.Text;
import io.github.ticketsim.stock.PurchaseRequest;
import org.jspecify.annotations.Nullable;

/** A request whose values are at hand, ready to be written. */
final class HttpRequest {
  private final Text head;
  private final Text body;
  private final boolean sized;
  private final byte @Nullable [] fixed;

  /**
   * @param head to the end of the headers, or, if {@code sized}, to where the length of the body
   *     comes
   * @param sized whether the head ends with the length of the body
   */
  HttpRequest(Text head, Text body, boolean sized) {
    this.head = head;
    this.body = body;
    this.sized = sized;
    this.fixed = head.fixed() && body.fixed() ? bytes(PurchaseRequest.FIRST, "") : null;
  }

  /** Whether nothing in it differs from buyer to buyer. */
  boolean sameForAllBuyers() {
    return head.sameForAllBuyers() && body.sameForAllBuyers();
  }

  /** The whole of it if it is the same for every purchase. */
  byte @Nullable [] fixed() {
    return fixed;
  }

  int length(PurchaseRequest purchase, String order) {
    var content = body.length(purchase, order);
    return head.length(purchase, order) + (sized ? Text.digits(content) : 0) + 4 + content;
  }

  /** Writes it to the beginning of {@code into}, and returns the end of it. */
  int write(PurchaseRequest purchase, String order, byte[] into) {
    var end = head.write(purchase, order, into, 0);
    if (sized) {
      end = Text.write(body.length(purchase, order), into, end);
    }
    into[end++] = '\r';
    into[end++] = '\n';
    into[end++] = '\r';
    into[end++] = '\n';
    return body.write(purchase, order, into, end);
  }

  byte[] bytes(PurchaseRequest purchase, String order) {
    var bytes = new byte[length(purchase, order)];
    write(purchase, order, bytes);
    return bytes;
  }
}
