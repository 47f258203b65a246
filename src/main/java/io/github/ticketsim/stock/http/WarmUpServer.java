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
import java.util.Set;

/**
 * Gives the same reply to whatever it reads, so that a storm can go through all its motions before
 * it comes to the shop. A request that arrives in two parts gets two replies, for which its
 * connection is given up; in a warm-up nothing is lost by that.
 */
final class WarmUpServer implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;

  /** Statuses of replies that have none, see RFC 9110. */
  private static final Set<Integer> NO_BODY = Set.of(204, 304);

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
    var bytes = bytes(example);
    var reply = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    var listening = ServerSocketChannel.open();
    try {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_WAITING);
      listening.configureBlocking(false);
      var server = new WarmUpServer(Selector.open(), listening, reply);
      listening.register(server.selector, SelectionKey.OP_ACCEPT);
      Thread.ofPlatform().daemon().name("warm-up").start(server::run);
      return server;
    } catch (IOException e) {
      listening.close();
      throw e;
    }
  }

  private static byte[] bytes(ExampleReply example) {
    var body = NO_BODY.contains(example.status()) ? "" : example.body();
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    return """
    HTTP/1.1 %d Warm-up\r
    %s\r
    %s\
    """
        .formatted(
            example.status(),
            body.isEmpty()
                ? ""
                : "Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(length),
            body)
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
      end(key);
    }
  }

  /** Without the connection; or, if it can accept none, without all of them. */
  private void end(SelectionKey key) {
    if (key.channel().equals(listening)) {
      open = false;
    }
    try {
      key.channel().close();
    } catch (IOException _) {
      // A failed close leaves the channel closed all the same.
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
