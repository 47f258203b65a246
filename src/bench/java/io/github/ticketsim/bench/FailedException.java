package io.github.ticketsim.bench;

/** A program did not do what it is measured at; the message says which and why. */
final class FailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedException(String message) {
    super(message);
  }
}
