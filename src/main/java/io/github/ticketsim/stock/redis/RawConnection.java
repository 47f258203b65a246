package io.github.ticketsim.stock.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumer;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushMessage;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection below request and reply: one thread writes commands while another reads replies.
 * Jedis makes it, logs in and parses.
 */
final class RawConnection implements AutoCloseable {
  private static final int READ_BYTES = 16 << 10;

  /** There are none before RESP3; one would be a reply that makes no sense. */
  private static final PushConsumerChain NO_PUSHES =
      new PushConsumerChain() {
        @Override
        public PushMessage process(PushMessage message) {
          return message;
        }

        @Override
        public List<PushConsumer> getConsumers() {
          return List.of();
        }
      };

  private final Socket socket;
  private final OutputStream commands;
  private final PatientStream bytes;
  private final RedisInputStream replies;

  private RawConnection(
      Socket socket,
      AdaptivePoll poll,
      Runnable drained,
      LongConsumer arrived,
      LongSupplier patienceNanos,
      LongSupplier nanoClock)
      throws IOException {
    this.socket = socket;
    this.commands = socket.getOutputStream();
    this.bytes = new PatientStream(socket, poll, drained, arrived, patienceNanos, nanoClock);
    this.replies = new RedisInputStream(bytes, READ_BYTES);
  }

  /**
   * Connects, logs in, names the connection and prepares it for {@code strategy}.
   *
   * @param readers of all connections that sell the same stock
   * @param drained called when all bytes that had arrived are read
   * @param arrived called whenever bytes have arrived, with the time on the clock
   * @param patienceNanos asked before every wait for bytes: how long to wait; not positive where a
   *     reply is overdue
   * @param nanoClock monotonic, to stamp arrivals
   * @throws JedisException when that is not possible
   */
  static RawConnection open(
      RedisEndpoint endpoint,
      Duration timeout,
      NamedConnections names,
      PipelinableStrategy strategy,
      ParkedReaders readers,
      Runnable drained,
      LongConsumer arrived,
      LongSupplier patienceNanos,
      LongSupplier nanoClock) {
    var sockets = new CapturingSocketFactory(endpoint, timeout);
    var connection = names.open(sockets);
    try {
      strategy.prepare(connection);
      return new RawConnection(
          sockets.made().orElseThrow(),
          new AdaptivePoll(readers),
          drained,
          arrived,
          patienceNanos,
          nanoClock);
    } catch (IOException e) {
      connection.close();
      throw new JedisException(e);
    } catch (JedisException e) {
      connection.close();
      throw e;
    }
  }

  /** Sends so many bytes. */
  void write(byte[] bytes, int length) throws IOException {
    commands.write(bytes, 0, length);
  }

  /**
   * The next reply, as Jedis parses it.
   *
   * @throws JedisDataException when it is an error
   * @throws RuntimeException when there is none, or none in time, or none that makes sense
   */
  Object read() {
    return Protocol.read(replies, NO_PUSHES);
  }

  /** Whether bytes have arrived that nobody has read yet, as far as that shows. */
  boolean hasUnread() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException _) {
      // Closed, as reading and writing will show.
      return false;
    }
  }

  /** When the bytes of the last reply that was read had all arrived, on the clock. */
  long arrivedNanos() {
    return bytes.arrivedNanos;
  }

  /** Ends both directions. May be called by any thread, again and again. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Closed is all that it can become.
    }
  }

  /**
   * Waits for bytes as long as no reply is overdue. That wait never lasts longer than until the
   * reply to a command that is sent meanwhile would be, since all have the same timeout.
   */
  private static final class PatientStream extends FilterInputStream {
    private static final int NO_WAIT_MILLIS = 1;

    private final Socket socket;
    private final Runnable drained;
    private final LongConsumer arrived;
    private final LongSupplier patienceNanos;
    private final LongSupplier nanoClock;
    private final AdaptivePoll poll;
    private long arrivedNanos;

    PatientStream(
        Socket socket,
        AdaptivePoll poll,
        Runnable drained,
        LongConsumer arrived,
        LongSupplier patienceNanos,
        LongSupplier nanoClock)
        throws IOException {
      super(socket.getInputStream());
      this.socket = socket;
      this.poll = poll;
      this.drained = drained;
      this.arrived = arrived;
      this.patienceNanos = patienceNanos;
      this.nanoClock = nanoClock;
    }

    @Override
    public int read(byte[] bytes) throws IOException {
      return read(bytes, 0, bytes.length);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      drained.run();
      return poll.read(in, () -> await(bytes, offset, length));
    }

    private int await(byte[] bytes, int offset, int length) throws IOException {
      while (true) {
        var patience = patienceNanos.getAsLong();
        // Even where it is overdue, it may be here already, and only we were late to look.
        socket.setSoTimeout(
            (int) Math.max(NO_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(patience)));
        try {
          var read = super.read(bytes, offset, length);
          arrivedNanos = nanoClock.getAsLong();
          if (read > 0) {
            arrived.accept(arrivedNanos);
          }
          return read;
        } catch (SocketTimeoutException e) {
          if (patienceNanos.getAsLong() <= 0) {
            throw e;
          }
        }
      }
    }
  }
}
