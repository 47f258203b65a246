package io.github.ticketsim.endure;

import java.net.Socket;

/** A way of answering that is none of the protocol. */
interface HostileServer {
  /** Until the client hangs up. */
  void serve(Socket client);
}
