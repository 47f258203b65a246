package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ExampleReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Gives the same reply to whatever it reads, so that a storm can go through all its motions before
 * it comes to the shop. A request that arrives in two parts gets two replies, for which its
 * connection is given up; in a warm-up nothing is lost by that.
 */
final class WarmUpServer implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;
  private static final int REQUEST_BYTES = 64 << 10;

  private final Selector selector;
  private final ServerSocketChannel listening;
  private final ByteBuffer reply;
  private volatile boolean open = true;
  private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);

  private WarmUpServer(Selector selector, ServerSocketChannel listening, ByteBuffer reply) {
    this.selector = selector;
    this.listening = listening;
    this.reply = reply;
  }

  /** Starts one, on the loopback interface. */
  static WarmUpServer start(ExampleReply example) throws IOException {
    var listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_WAITING);
    listening.configureBlocking(false);
    var bytes = bytes(example);
    var reply = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    var server = new WarmUpServer(Selector.open(), listening, reply);
    listening.register(server.selector, SelectionKey.OP_ACCEPT);
    Thread.ofPlatform().daemon().name("warm-up").start(server::run);
    return server;
  }

  private static byte[] bytes(ExampleReply example) {
    return """
    HTTP/1.1 %d Warm-up\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(
            example.status(),
            example.body().getBytes(StandardCharsets.UTF_8).length,
            example.body())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Where it answers. */
  HttpAddress address() {
    var port = listening.socket().getLocalPort();
    var host = InetAddress.getLoopbackAddress().getHostAddress();
    return HttpAddress.parse(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  private void run() {
    try (selector) {
      while (open) {
        selector.select(this::answer);
      }
      for (var key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        answer((SocketChannel) key.channel());
      }
    } catch (IOException _) {
      key.cancel();
    }
  }

  private void accept() throws IOException {
    var accepted = listening.accept();
    if (accepted != null) {
      accepted.configureBlocking(false);
      accepted.register(selector, SelectionKey.OP_READ);
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    if (connection.read(request.clear()) < 0) {
      connection.close();
    } else {
      connection.write(reply.rewind());
    }
  }

  @Override
  public void close() {
    open = false;
    selector.wakeup();
  }
}
