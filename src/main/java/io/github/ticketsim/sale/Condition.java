package io.github.ticketsim.sale;

import io.github.ticketsim.metrics.Unit;
import java.util.List;
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
    public boolean fits(boolean redis) {
      return !redis;
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
    public boolean fits(boolean redis) {
      return redis || !pointer.isEmpty();
    }

    @Override
    public String toString() {
      return (pointer.isEmpty() ? REPLY : pointer) + "=" + text;
    }
  }

  /** The reply of Redis is a number in that range. */
  record InRange(boolean atLeast, long bound) implements Condition {
    @Override
    public boolean holds(ShopReply reply) {
      var number = JsonValues.number(reply.values(), "");
      return number.isPresent() && number.getAsLong() >= bound == atLeast;
    }

    @Override
    public String subject() {
      return atLeast ? AT_LEAST : BELOW;
    }

    @Override
    public boolean fits(boolean redis) {
      return redis;
    }

    @Override
    public String toString() {
      return subject() + bound;
    }
  }

  /** The reply of Redis is an error that begins so. */
  record ErrorStarts(String start) implements Condition {
    @Override
    public boolean holds(ShopReply reply) {
      return reply.error().filter(words -> words.startsWith(start)).isPresent();
    }

    @Override
    public String subject() {
      return ERROR;
    }

    @Override
    public boolean fits(boolean redis) {
      return redis;
    }

    @Override
    public String toString() {
      return "error=" + start;
    }
  }

  /** The whole reply of Redis, if it is no array. */
  String REPLY = "reply";

  /** A number from there up. */
  String AT_LEAST = "reply>=";

  /** A number below that. */
  String BELOW = "reply<";

  /** The error that a reply of Redis is. */
  String ERROR = "error";

  /** The status line of HTTP: {@code status=409}. */
  Pattern STATUS = Pattern.compile("status=([2-5][0-9]{2})");

  /** Whether it is true of {@code reply}. */
  boolean holds(ShopReply reply);

  /** What it is about. */
  String subject();

  /** Whether a reply of Redis, or else one over HTTP, can be asked for it. */
  boolean fits(boolean redis);

  /**
   * Reads {@code status=409}, {@code /result=true}, or of a Redis {@code reply=0}, {@code
   * reply>=0}, {@code reply<0} and {@code error=START}. Nothing behind the equals sign means an
   * empty string.
   *
   * @throws IllegalArgumentException when {@code text} is neither
   */
  static Condition parse(String text) {
    var status = STATUS.matcher(text);
    if (status.matches()) {
      return new StatusIs(Integer.parseInt(status.group(1)));
    }
    for (var subject : ofRedis()) {
      var mark = subject.endsWith("=") || subject.endsWith("<") ? subject : subject + "=";
      if (text.startsWith(mark)) {
        return ofRedis(subject, text.substring(mark.length()));
      }
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

  /** What a condition on a reply of Redis can be about, beside places in an array. */
  static List<String> ofRedis() {
    return List.of(AT_LEAST, BELOW, REPLY, ERROR);
  }

  /**
   * The condition on a reply of Redis with this subject.
   *
   * @throws IllegalArgumentException if it wants a number and {@code text} is none
   */
  static Condition ofRedis(String subject, String text) {
    return switch (subject) {
      case REPLY -> new Equal("", text);
      case ERROR -> new ErrorStarts(text);
      case AT_LEAST, BELOW -> {
        try {
          yield new InRange(subject.equals(AT_LEAST), Unit.whole(text));
        } catch (NumberFormatException _) {
          throw new IllegalArgumentException(
              "'%s%s' is no condition: expected a whole number behind %s"
                  .formatted(subject, text, subject));
        }
      }
      default -> new Equal(JsonValues.pointer(subject), text);
    };
  }
}
