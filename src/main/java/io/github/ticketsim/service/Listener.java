package io.github.ticketsim.service;

/** What takes the purchases of customers and hands them to a service. */
public interface Listener extends AutoCloseable {

  /** Starts to listen for a service. */
  interface Starter {
    Listener start(TicketService service) throws AddressUnavailableException;
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  String url();

  /** Whether it can still be reached. */
  boolean isListening();

  /** Stops listening, lets the answers under way be taken, and closes all connections. */
  @Override
  void close();
}
