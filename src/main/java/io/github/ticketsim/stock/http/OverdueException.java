package io.github.ticketsim.stock.http;

import java.io.IOException;
import java.time.Duration;

/** A connection took longer than it may, and was closed for it. */
final class OverdueException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String words;

  OverdueException(Duration timeout) {
    words = "no whole reply within %,d ms".formatted(timeout.toMillis());
  }

  @Override
  public String getMessage() {
    return words;
  }
}
