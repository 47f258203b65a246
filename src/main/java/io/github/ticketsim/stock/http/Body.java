package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The body of a reply, as far as it can be read.
 *
 * @param bytes decoded
 * @param problem why they are not all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record Body(byte[] bytes, Optional<String> problem) {

  /** What is behind these is not read. */
  static final int MOST_BYTES = 64 << 10;

  private static final int MOST_START = 80;

  /** Enough for the start in any language. */
  private static final int START_BYTES = 8 * MOST_START;

  /**
   * @param sent one byte more than {@link #MOST_BYTES} if there are more
   * @param encoding as the header has it; empty if there is none
   */
  static Body of(byte[] sent, String encoding) {
    return of(sent, encoding, MOST_BYTES);
  }

  /** The same of a body of at most {@code most} bytes. */
  static Body of(byte[] sent, String encoding, int most) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> bounded(sent, most);
      case "gzip", "x-gzip" -> sent.length > most ? unread(tooLong(most)) : unzipped(sent, most);
      default -> unread("body in a content encoding that was not asked for");
    };
  }

  private static Body unzipped(byte[] sent, int most) {
    try (var content = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      return bounded(content.readNBytes(most + 1), most);
    } catch (IOException _) {
      return unread("body is no gzip, though its header says so");
    }
  }

  private static Body bounded(byte[] bytes, int most) {
    return new Body(bytes, bytes.length > most ? Optional.of(tooLong(most)) : Optional.empty());
  }

  private static Body unread(String problem) {
    return new Body(new byte[0], Optional.of(problem));
  }

  private static String tooLong(int most) {
    return "body of more than %d bytes".formatted(most);
  }

  /** Its first characters, in one line. */
  String start() {
    var length = Math.min(bytes.length, START_BYTES);
    return OneLine.clip(new String(bytes, 0, length, StandardCharsets.UTF_8), MOST_START);
  }
}
