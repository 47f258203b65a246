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
import org.jspecify.annotations.Nullable;
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

  private final Route route;
  private final Route.Tenure tenure;
  private final Socket socket;
  private final OutputStream commands;
  private final TimedStream bytes;
  private final RedisInputStream replies;

  private RawConnection(
      Route route,
      Route.Tenure tenure,
      Socket socket,
      AdaptivePoll poll,
      Runnable drained,
      LongConsumer arrived,
      LongSupplier timeLeftNanos,
      LongSupplier nanoClock)
      throws IOException {
    this.route = route;
    this.tenure = tenure;
    this.socket = socket;
    this.commands = socket.getOutputStream();
    this.bytes = new TimedStream(socket, poll, drained, arrived, timeLeftNanos, nanoClock);
    this.replies = new RedisInputStream(bytes, READ_BYTES);
  }

  /**
   * Connects, logs in, names the connection and prepares it for those replies.
   *
   * @param tenure of the server to connect to
   * @param readers of all connections that sell the same stock
   * @param drained called when all bytes that had arrived are read
   * @param arrived called whenever bytes have arrived, with the time on the clock
   * @param timeLeftNanos asked before every wait for bytes: how long to wait; not positive if a
   *     reply is overdue
   * @param nanoClock monotonic, to stamp arrivals
   * @throws JedisException when that is not possible
   */
  static RawConnection open(
      Route route,
      Route.Tenure tenure,
      Duration timeout,
      NamedConnections names,
      PipelinedReplies meanings,
      ParkedReaders readers,
      Runnable drained,
      LongConsumer arrived,
      LongSupplier timeLeftNanos,
      LongSupplier nanoClock) {
    var sockets = new CapturingSocketFactory(route.door(tenure), timeout);
    var connection = names.open(sockets);
    try {
      meanings.prepare(connection);
      return new RawConnection(
          route,
          tenure,
          sockets.made().orElseThrow(),
          new AdaptivePoll(readers),
          drained,
          arrived,
          timeLeftNanos,
          nanoClock);
    } catch (IOException e) {
      connection.close();
      throw new JedisException(e);
    } catch (JedisException e) {
      connection.close();
      throw e;
    }
  }

  /** When its server was the one that sells. */
  Route.Tenure tenure() {
    return tenure;
  }

  /** Whether another server sells now, or may do. */
  boolean outlived() {
    return !route.lasts(tenure);
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
  @Nullable Object read() {
    return Protocol.read(replies, NO_PUSHES);
  }

  /** Whether unread bytes have arrived, as far as can be seen. */
  boolean hasUnread() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException _) {
      // The connection is closed; reading and writing will report it.
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
      // A failed close leaves the socket closed all the same.
    }
  }

  /**
   * Waits for bytes until a reply is overdue. A command that is sent during the wait is not overdue
   * before its end, because all commands have the same timeout.
   */
  private static final class TimedStream extends FilterInputStream {
    private static final int NO_WAIT_MILLIS = 1;

    private final Socket socket;
    private final Runnable drained;
    private final LongConsumer arrived;
    private final LongSupplier timeLeftNanos;
    private final LongSupplier nanoClock;
    private final AdaptivePoll poll;
    private long arrivedNanos;

    TimedStream(
        Socket socket,
        AdaptivePoll poll,
        Runnable drained,
        LongConsumer arrived,
        LongSupplier timeLeftNanos,
        LongSupplier nanoClock)
        throws IOException {
      super(socket.getInputStream());
      this.socket = socket;
      this.poll = poll;
      this.drained = drained;
      this.arrived = arrived;
      this.timeLeftNanos = timeLeftNanos;
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
        var timeLeft = timeLeftNanos.getAsLong();
        // Even an overdue reply may have arrived, with only this thread late to read it.
        socket.setSoTimeout(
            (int) Math.max(NO_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(timeLeft)));
        try {
          var read = super.read(bytes, offset, length);
          arrivedNanos = nanoClock.getAsLong();
          if (read > 0) {
            arrived.accept(arrivedNanos);
          }
          return read;
        } catch (SocketTimeoutException e) {
          if (timeLeftNanos.getAsLong() <= 0) {
            throw e;
          }
        }
      }
    }
  }
}
