package io.github.ticketsim.cli;

import io.github.ticketsim.sale.SaleException;
import java.util.function.Supplier;

/** What the user got wrong, in one line: the option, the rule, the value and the cure. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Exception cause) {
    super(message, cause);
  }

  /** What {@code reading} gives; what it refuses, and says where, is an error. */
  static <T> T of(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SaleException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What {@code reading} makes of the value of {@code option}; what it refuses is an error. */
  static <T> T named(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SaleException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
