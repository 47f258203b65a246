package io.github.ticketsim.http;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one client may send on its connection: the requests of RFC 9112, and nothing that two
 * readers could take for two different requests. Helidon is more lenient; whatever this lets pass
 * both read in the same way. For one thread.
 */
final class RequestGrammar {
  private static final byte CR = '\r';
  private static final byte LF = '\n';
  private static final byte TAB = '\t';
  private static final byte DELETE = 0x7f;

  /** More than Helidon takes for a request line or for all headers, which it refuses by itself. */
  private static final int LONGEST_LINE = 20_000;

  private static final int USUAL_LINE = 128;

  /** Of a chunk's size, in hexadecimal digits: below 256 MiB. */
  private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,7}");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /**
   * Why the client is refused.
   *
   * @param detail for people
   */
  record Violation(Status status, String detail) {}

  private enum Part {
    REQUEST_LINE,
    HEADERS,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    LAST_LINE
  }

  private Part part = Part.REQUEST_LINE;
  private Optional<Violation> violation = Optional.empty();

  /** The line so far, and whether its CR has come. */
  private byte[] line = new byte[USUAL_LINE];

  private int length;
  private boolean ending;

  /** What is left of a body or chunk. */
  private long left;

  private int hosts;
  private Optional<Long> contentLength = Optional.empty();
  private boolean chunked;

  /** How many of these bytes are well-formed; when not all are, there is a {@link #violation}. */
  int accept(byte[] bytes) {
    var at = 0;
    while (at < bytes.length && violation.isEmpty()) {
      if (part == Part.BODY || part == Part.CHUNK) {
        at += skip(bytes.length - at);
      } else {
        var text = ending || part == Part.CHUNK_END || part == Part.LAST_LINE ? 0 : run(bytes, at);
        append(bytes, at, text);
        at += text;
        if (at < bytes.length) {
          take(bytes[at]);
          at += violation.isPresent() ? 0 : 1;
        }
      }
    }
    return at;
  }

  /** How many bytes from there on the line takes as they are; all at once, for speed. */
  private int run(byte[] bytes, int from) {
    var most = Math.min(bytes.length, from + LONGEST_LINE - length);
    var at = from;
    while (at < most && !isControl(bytes[at])) {
      at++;
    }
    return at - from;
  }

  private static boolean isControl(byte each) {
    return (each >= 0 && each < ' ' && each != TAB) || each == DELETE;
  }

  Optional<Violation> violation() {
    return violation;
  }

  /** Whether nothing of a request has come that has not come to its end. */
  boolean isBetweenRequests() {
    return part == Part.REQUEST_LINE && length == 0 && !ending;
  }

  private int skip(int available) {
    var skipped = (int) Math.min(left, available);
    left -= skipped;
    if (left == 0) {
      part = part == Part.CHUNK ? Part.CHUNK_END : Part.REQUEST_LINE;
    }
    return skipped;
  }

  private void take(byte next) {
    if (next == LF && ending) {
      ending = false;
      endOfLine();
      length = 0;
    } else if (next == LF || ending) {
      refuse("a line ends with CR LF, and neither stands alone");
    } else if (next == CR) {
      ending = true;
    } else if (isControl(next)) {
      refuse("a control character outside of the body");
    } else if (part == Part.CHUNK_END) {
      refuse("a chunk is longer than its size says");
    } else if (part == Part.LAST_LINE) {
      refuse("trailers are not taken");
    } else {
      // All else would have been text.
      refuse("a line is too long");
    }
  }

  private void append(byte[] bytes, int from, int count) {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.clamp(2L * (length + count), USUAL_LINE, LONGEST_LINE));
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  private void endOfLine() {
    switch (part) {
      case REQUEST_LINE -> requestLine(text(0, length));
      case HEADERS -> {
        if (length == 0) {
          endOfHead();
        } else {
          header();
        }
      }
      case CHUNK_SIZE -> chunkSize(text(0, length));
      case CHUNK_END -> part = Part.CHUNK_SIZE;
      case LAST_LINE -> part = Part.REQUEST_LINE;
      case BODY, CHUNK -> throw new IllegalStateException("no lines in " + part);
    }
  }

  private String text(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private void requestLine(String text) {
    var methodEnd = text.indexOf(' ');
    var targetEnd = text.lastIndexOf(' ');
    if (methodEnd <= 0 || targetEnd <= methodEnd + 1 || !isToken(methodEnd)) {
      refuse("the first line is not METHOD PATH HTTP/1.1");
      return;
    }
    var version = text.substring(targetEnd + 1);
    if (!version.equals("HTTP/1.1")) {
      if (VERSION.matcher(version).matches()) {
        refuse(Status.HTTP_VERSION_NOT_SUPPORTED_505, version + " is not spoken, HTTP/1.1 is");
      } else {
        refuse("the first line does not end with HTTP/1.1");
      }
    } else if (hasLowerCase(text.substring(0, methodEnd))) {
      // Helidon would take it for the one in upper case.
      refuse(Status.NOT_IMPLEMENTED_501, "there is no such method: methods are in upper case");
    } else if (!isPath(text.substring(methodEnd + 1, targetEnd))) {
      refuse("the first line: expected a path that begins with / and is of visible ASCII");
    } else {
      part = Part.HEADERS;
      hosts = 0;
      contentLength = Optional.empty();
      chunked = false;
    }
  }

  /** Whether it is visible ASCII without a fragment. */
  private static boolean isPath(String target) {
    for (var i = 0; i < target.length(); i++) {
      var each = target.charAt(i);
      if (each <= ' ' || each >= DELETE || each == '#') {
        return false;
      }
    }
    return target.startsWith("/");
  }

  private static boolean hasLowerCase(String method) {
    for (var i = 0; i < method.length(); i++) {
      if (method.charAt(i) >= 'a' && method.charAt(i) <= 'z') {
        return true;
      }
    }
    return false;
  }

  /** Whether the line begins with a token that ends there. */
  private boolean isToken(int end) {
    for (var i = 0; i < end; i++) {
      var each = (char) (line[i] & 0xff);
      var alphanumeric =
          (each >= 'a' && each <= 'z')
              || (each >= 'A' && each <= 'Z')
              || (each >= '0' && each <= '9');
      if (!alphanumeric && TOKEN_MARKS.indexOf(each) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  private void header() {
    var colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    if (colon == length || !isToken(colon)) {
      // A space before the colon, or at the beginning of a line that goes on with the last one,
      // too.
      refuse("a header is not NAME: VALUE");
      return;
    }
    switch (colon) {
      // The lengths of the names that matter.
      case 4, 6, 14, 17 -> header(text(0, colon).toLowerCase(Locale.ROOT), colon + 1);
      default -> {
        // Of no consequence here.
      }
    }
  }

  private void header(String name, int valueBegin) {
    switch (name) {
      case "host" -> hosts++;
      case "expect" -> {
        if (!value(valueBegin).equalsIgnoreCase("100-continue")) {
          refuse(Status.EXPECTATION_FAILED_417, "Expect: only 100-continue can be met");
        }
      }
      case "content-length" -> {
        var value = value(valueBegin);
        if (contentLength.isPresent() || !LENGTH.matcher(value).matches()) {
          refuse("Content-Length: expected once, and a whole number");
        } else {
          contentLength = Optional.of(Long.parseLong(value));
        }
      }
      case "transfer-encoding" -> {
        var value = value(valueBegin).toLowerCase(Locale.ROOT);
        var last = value.substring(value.lastIndexOf(',') + 1).strip();
        if (chunked || !last.equals("chunked")) {
          refuse("Transfer-Encoding: expected once, and to end with chunked");
        } else if (!value.equals("chunked")) {
          refuse(Status.NOT_IMPLEMENTED_501, "Transfer-Encoding: only chunked is known");
        } else {
          chunked = true;
        }
      }
      default -> {
        // As long as one of them.
      }
    }
  }

  private String value(int begin) {
    return text(begin, length).strip();
  }

  private void endOfHead() {
    if (hosts != 1) {
      refuse("Host: expected once");
    } else if (chunked && contentLength.isPresent()) {
      refuse("Content-Length and Transfer-Encoding exclude each other");
    } else if (chunked) {
      part = Part.CHUNK_SIZE;
    } else {
      left = contentLength.orElse(0L);
      part = left > 0 ? Part.BODY : Part.REQUEST_LINE;
    }
  }

  private void chunkSize(String text) {
    if (!CHUNK_SIZE.matcher(text).matches()) {
      refuse("a chunk's size is no hexadecimal number alone");
      return;
    }
    left = Long.parseLong(text, 16);
    part = left > 0 ? Part.CHUNK : Part.LAST_LINE;
  }

  private void refuse(String detail) {
    refuse(Status.BAD_REQUEST_400, detail);
  }

  private void refuse(Status status, String detail) {
    violation = Optional.of(new Violation(status, detail));
  }
}
