package io.github.ticketsim.service;

/** The records hold a sale of other terms than those asked for. */
public final class OtherSaleException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param option that asks for something else
   */
  OtherSaleException(String option, Object wanted, Object recorded) {
    super(
        "%s: %s, but the sale in --records is one of %s; leave it as it was, or name other records or another --key"
            .formatted(option, wanted, recorded));
  }
}
