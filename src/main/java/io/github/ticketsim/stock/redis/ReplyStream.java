package io.github.ticketsim.stock.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/**
 * Passes on what a server sends, as long as it is replies of Redis within bounds. Without this
 * check Jedis would run out of memory or stack, or take a number that overflows for another one.
 */
final class ReplyStream extends FilterInputStream {
  static final int MOST_LINE_BYTES = 1 << 16;
  static final int MOST_BYTES = 1 << 24;
  static final int MOST_ELEMENTS = 1 << 20;
  static final int MOST_DEPTH = 16;

  private static final int NONE = -1;

  /** Any number of so many digits is a long. */
  private static final int SAFE_DIGITS = 18;

  /** Elements that are still to come, of each aggregate that is open. */
  private final int[] left = new int[MOST_DEPTH + 1];

  private int depth;

  /** The first byte of the value under way, or {@link #NONE}. */
  private int type = NONE;

  /** Whether the line of that value is a number. */
  private boolean numeric;

  private int replyBytes;
  private int bulkBytesLeft;
  private int lineBytes;
  private boolean carriageReturn;
  private boolean negative;
  private int digits;

  /** Minus its absolute value: there is one negative number more than positive ones. */
  private long number;

  ReplyStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var next = super.read();
    if (next >= 0) {
      take(next);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    var read = super.read(bytes, offset, length);
    var end = offset + read;
    for (var at = offset; at < end; ) {
      var next = type == NONE && depth == 0 ? behindInteger(bytes, at, end) : at;
      if (next == at) {
        take(bytes[at]);
        next++;
      }
      at = next;
    }
    return read;
  }

  /**
   * Where the next reply begins if this one is a whole number, all of it at hand and far from the
   * bounds; else {@code at}. Most replies of a storm are.
   */
  private static int behindInteger(byte[] bytes, int at, int end) {
    if (bytes[at] != ':') {
      return at;
    }
    var digits = at + 1 < end && bytes[at + 1] == '-' ? at + 2 : at + 1;
    var i = digits;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    var sound =
        i > digits
            && i - digits <= SAFE_DIGITS
            && i + 1 < end
            && bytes[i] == '\r'
            && bytes[i + 1] == '\n';
    return sound ? i + 2 : at;
  }

  private void take(int next) throws IOException {
    if (++replyBytes > MOST_BYTES) {
      throw unsound("one of more than " + MOST_BYTES + " bytes");
    }
    if (bulkBytesLeft > 0) {
      if (--bulkBytesLeft == 0) {
        endValue();
      }
    } else if (type == NONE) {
      type = next;
      numeric = isNumeric(next);
      lineBytes = 0;
      negative = false;
      digits = 0;
      number = 0;
    } else if (carriageReturn || next == '\n') {
      if (!carriageReturn || next != '\n') {
        throw unsound("a line that does not end in CR LF");
      }
      carriageReturn = false;
      endLine();
    } else if (next == '\r') {
      carriageReturn = true;
    } else if (++lineBytes > MOST_LINE_BYTES) {
      throw unsound("a line of more than " + MOST_LINE_BYTES + " bytes");
    } else if (numeric) {
      takeDigit(next);
    }
  }

  private static boolean isNumeric(int type) throws IOException {
    return switch (type) {
      case ':', '$', '!', '=', '*', '~', '>', '%' -> true;
      case '+', '-', '_', '#', ',', '(' -> false;
      default -> throw unsound("one that begins with byte " + (type & 0xff));
    };
  }

  private void takeDigit(int next) throws IOException {
    var digit = next - '0';
    if (lineBytes == 1 && next == '-') {
      negative = true;
    } else if (digit < 0 || digit > 9 || number < (Long.MIN_VALUE + digit) / 10) {
      throw unsound("no whole number, or one too large");
    } else {
      digits++;
      number = 10 * number - digit;
    }
  }

  private void endLine() throws IOException {
    if (numeric && (digits == 0 || (!negative && number == Long.MIN_VALUE))) {
      throw unsound("no whole number, or one too large");
    }
    var length = negative ? number : -number;
    switch (type) {
      case '$', '!', '=' -> {
        bulkBytesLeft = bounded(length, MOST_BYTES) + "\r\n".length();
        if (length < 0) {
          bulkBytesLeft = 0;
          endValue();
        }
      }
      case '*', '~', '>', '%' -> open(bounded(length, MOST_ELEMENTS) * (type == '%' ? 2 : 1));
      default -> endValue();
    }
  }

  /** A length of -1 means null, of which nothing follows. */
  private static int bounded(long length, int most) throws IOException {
    if (length < -1 || length > most) {
      throw unsound("one of the length " + length);
    }
    return (int) length;
  }

  private void open(int elements) throws IOException {
    if (elements <= 0) {
      endValue();
      return;
    }
    if (depth == MOST_DEPTH) {
      throw unsound("arrays more than " + MOST_DEPTH + " deep");
    }
    left[++depth] = elements;
    type = NONE;
  }

  /** The last element of an aggregate ends that too. */
  private void endValue() {
    type = NONE;
    while (depth > 0 && --left[depth] == 0) {
      depth--;
    }
    if (depth == 0) {
      replyBytes = 0;
    }
  }

  private static StreamCorruptedException unsound(String what) {
    return new StreamCorruptedException("Redis does not send such replies: " + what);
  }
}
