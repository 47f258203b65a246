package io.github.ticketsim.service;

/** The service cannot listen where it was told to. */
public final class AddressUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param address as the user gave it
   * @param problem what the system says
   */
  public AddressUnavailableException(String address, String problem) {
    super(address + ": cannot listen there (" + problem + "); choose another --port or --host");
  }
}
