package io.github.ticketsim.sale;

/** A sale file, or what it refers to, that cannot be used; the message says where and why. */
public final class SaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line
   */
  public SaleException(String message) {
    super(message);
  }
}
