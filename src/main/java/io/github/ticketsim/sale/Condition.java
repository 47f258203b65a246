package io.github.ticketsim.sale;

import java.util.regex.Pattern;

/** What may be true of a reply. */
public sealed interface Condition {

  /** The status is just that. */
  record StatusIs(int status) implements Condition {
    @Override
    public boolean holds(ShopReply reply) {
      return reply.status() == status;
    }

    @Override
    public String subject() {
      return "status";
    }

    @Override
    public String toString() {
      return "status=" + status;
    }
  }

  /**
   * The JSON body holds just that.
   *
   * @param pointer where, see RFC 6901
   * @param text a string, or a number, {@code true}, {@code false} or {@code null} as written
   */
  record Equal(String pointer, String text) implements Condition {
    @Override
    public boolean holds(ShopReply reply) {
      return text.equals(reply.values().get(pointer));
    }

    @Override
    public String subject() {
      return pointer;
    }

    @Override
    public String toString() {
      return pointer + "=" + text;
    }
  }

  /** The status line of HTTP: {@code status=409}. */
  Pattern STATUS = Pattern.compile("status=([2-5][0-9]{2})");

  /** Whether it is true of {@code reply}. */
  boolean holds(ShopReply reply);

  /** What it is about. */
  String subject();

  /**
   * Reads {@code status=409} or {@code /result=true}. Nothing behind the equals sign means an empty
   * string.
   *
   * @throws IllegalArgumentException when {@code text} is neither
   */
  static Condition parse(String text) {
    var status = STATUS.matcher(text);
    if (status.matches()) {
      return new StatusIs(Integer.parseInt(status.group(1)));
    }
    var equals = text.indexOf('=');
    if (!text.startsWith("/") || equals < 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is neither a status (200 to 599) such as status=409 nor a value such as"
              + " /result=true; join several with &&");
    }
    return new Equal(JsonValues.pointer(text.substring(0, equals)), text.substring(equals + 1));
  }
}
