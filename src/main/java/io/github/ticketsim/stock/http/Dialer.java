package io.github.ticketsim.stock.http;

import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections to one server. Nothing of a request is sent, so a failure is proof. */
final class Dialer {
  private final HttpAddress address;
  private final Duration timeout;
  private final Watchdog watchdog;
  private final Optional<EventLoop> loop;

  /**
   * @param timeout for connecting to each of the server's addresses, and for each exchange
   * @param loop that waits for replies, if they do not come over TLS; empty if each thread waits
   *     for its own
   */
  Dialer(HttpAddress address, Duration timeout, Watchdog watchdog, Optional<EventLoop> loop) {
    this.address = address;
    this.timeout = timeout;
    this.watchdog = watchdog;
    this.loop = loop;
  }

  /** A new connection, ready for a request. */
  HttpConnection dial() throws IOException {
    var addresses = InetAddress.getAllByName(address.hostName());
    for (var another : Arrays.copyOf(addresses, addresses.length - 1)) {
      try {
        return dial(another);
      } catch (IOException _) {
        // There is one more to try.
      }
    }
    return dial(addresses[addresses.length - 1]);
  }

  /** {@code waiting} if it can still be used, or else a new one in its place. */
  HttpConnection replaced(Optional<HttpConnection> waiting) throws IOException {
    if (waiting.isPresent() && waiting.get().usable()) {
      return waiting.get();
    }
    waiting.ifPresent(HttpConnection::close);
    return dial();
  }

  private HttpConnection dial(InetAddress where) throws IOException {
    var channel = SocketChannel.open();
    var plain = channel.socket();
    var deadline = watchdog.watch(plain);
    deadline.start(watchdog.now() + timeout.toNanos());
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(where, address.portNumber()));
      var transport = transport(channel);
      if (deadline.stop()) {
        throw new OverdueException(timeout);
      }
      return new HttpConnection(transport, timeout, watchdog);
    } catch (IOException e) {
      plain.close();
      throw deadline.stop() ? new OverdueException(timeout) : e;
    } finally {
      watchdog.forget(deadline);
    }
  }

  private Transport transport(SocketChannel channel) throws IOException {
    if (address.tls()) {
      return new SocketTransport(channel, secured(channel.socket()));
    }
    return loop.isPresent()
        ? new EventTransport(channel, loop.get())
        : new SocketTransport(channel, channel.socket());
  }

  /** With the trust store and all else that the javax.net.ssl properties say. */
  private Socket secured(Socket plain) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var secured =
        (SSLSocket)
            factory.createSocket(
                plain, address.hostName(), address.portNumber(), /* autoClose= */ true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
