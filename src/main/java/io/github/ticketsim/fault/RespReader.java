package io.github.ticketsim.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Cuts a stream of RESP (version 2, https://redis.io/docs/latest/develop/reference/protocol-spec)
 * into whole values, commands or replies, without taking them apart.
 */
final class RespReader {
  private static final int MOST_BYTES = 1 << 24;
  private static final int MOST_DEPTH = 16;
  private static final String CRLF = "\r\n";

  private final InputStream in;
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();

  RespReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * The bytes of the next value.
   *
   * @throws EOFException at the end of the stream
   * @throws StreamCorruptedException when that is not RESP, or too much of it
   */
  byte[] next() throws IOException {
    value.reset();
    readValue(0);
    return value.toByteArray();
  }

  private void readValue(int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new StreamCorruptedException("arrays within arrays within arrays");
    }
    var kind = readByte();
    switch (kind) {
      case '+', '-', ':' -> {
        var _ = readLine();
      }
      case '$' -> readBulk(readLength());
      case '*' -> {
        var count = readLength();
        for (var i = 0; i < count; i++) {
          readValue(depth + 1);
        }
      }
      default -> throw new StreamCorruptedException("byte " + kind + " begins no RESP value");
    }
  }

  /** A length of -1 means null, of which nothing follows. */
  private void readBulk(int length) throws IOException {
    for (var left = length < 0 ? 0 : length + CRLF.length(); left > 0; left--) {
      var _ = readByte();
    }
  }

  private int readLength() throws IOException {
    var line = readLine();
    try {
      var length = Integer.parseInt(line);
      if (length <= MOST_BYTES) {
        return length;
      }
    } catch (NumberFormatException _) {
      // The same complaint.
    }
    throw new StreamCorruptedException("'" + line + "' is no length of a RESP value");
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    for (var next = readByte(); next != '\n'; next = readByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private int readByte() throws IOException {
    var next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    if (value.size() == MOST_BYTES) {
      throw new StreamCorruptedException("a RESP value of more than " + MOST_BYTES + " bytes");
    }
    value.write(next);
    return next;
  }

  /** The name of a command, in upper case; its first word. */
  static String name(byte[] command) {
    // *<count>\r\n$<length>\r\n<name>\r\n...
    var text = new String(command, StandardCharsets.ISO_8859_1);
    var words = text.split(CRLF, 4);
    return words.length < 3 ? "" : words[2].toUpperCase(Locale.ROOT);
  }
}
