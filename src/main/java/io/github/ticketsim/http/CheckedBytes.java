package io.github.ticketsim.http;

import io.github.ticketsim.http.RequestGrammar.Violation;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, as far as it is well-formed. Requests before the first malformed one are
 * answered; that one is refused as soon as more of it is needed, and the connection ends.
 */
final class CheckedBytes implements Supplier<byte @Nullable []> {
  private final DataReader socket;
  private final RequestGrammar grammar = new RequestGrammar();

  CheckedBytes(DataReader socket) {
    this.socket = socket;
  }

  /** The next ones; null at the end. */
  @SuppressWarnings("ThreadPriorityCheck") // Only speed depends on the yield.
  @Override
  public byte @Nullable [] get() {
    if (grammar.violation().isPresent()) {
      throw refused(grammar.violation().get());
    }
    if (grammar.isBetweenRequests()) {
      // With many clients at work, the next request has come by the time that it is our turn again.
      // To wait for it takes a read in vain, a registration with the poller and a wake-up.
      Thread.yield();
    }
    byte[] bytes;
    try {
      socket.ensureAvailable();
      bytes = socket.readBytes(socket.available());
    } catch (InsufficientDataAvailableException _) {
      if (grammar.isBetweenRequests()) {
        return null;
      }
      throw refused(new Violation(Status.BAD_REQUEST_400, "the request ends in its middle"));
    }
    ConnectionWatch.current().received();
    var wellFormed = grammar.accept(bytes);
    if (wellFormed == bytes.length) {
      return bytes;
    }
    if (wellFormed == 0) {
      throw refused(grammar.violation().orElseThrow());
    }
    return Arrays.copyOf(bytes, wellFormed);
  }

  private static RequestException refused(Violation violation) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(violation.status())
        .setKeepAlive(false)
        .message(violation.detail())
        .build();
  }
}
