package io.github.ticketsim.stock.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * One command as Jedis encodes it: that of all buyers, repeated, so that one write sends any number
 * of them up to the limit in flight; or that of one buyer.
 */
final class EncodedCommand {
  private static final int SOME_BYTES = 256;

  private final byte[] bytes;
  private final int length;
  private final int times;
  private final boolean shared;

  /** That of all buyers. */
  EncodedCommand(CommandArguments command, int times) {
    this(encoded(command, times), times, times, true);
  }

  private EncodedCommand(byte[] bytes, int copies, int times, boolean shared) {
    this.bytes = bytes;
    this.length = bytes.length / copies;
    this.times = times;
    this.shared = shared;
  }

  /** That of one buyer, which is written together with those of others. */
  static EncodedCommand of(CommandArguments command) {
    return new EncodedCommand(encoded(command, 1), 1, Pipeline.MOST_UNANSWERED, false);
  }

  private static byte[] encoded(CommandArguments command, int times) {
    var buffer = new ByteArrayOutputStream(SOME_BYTES);
    try (var out = new RedisOutputStream(buffer, SOME_BYTES)) {
      for (var i = 0; i < times; i++) {
        Protocol.sendCommand(out, command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no I/O errors", e);
    }
    return buffer.toByteArray();
  }

  /** How many can be in flight. */
  int times() {
    return times;
  }

  /** What this one can be sent together with. */
  WriteBatch batch() {
    return shared ? new Repeated(this) : new Joined();
  }

  /** Commands that are sent by one write. */
  sealed interface WriteBatch {

    /** Adds one; returns false if it cannot be sent together with the others. */
    boolean add(EncodedCommand command);

    void send(RawConnection connection) throws IOException;
  }

  /** The same command so many times. */
  private static final class Repeated implements WriteBatch {
    private final EncodedCommand command;
    private int number;

    Repeated(EncodedCommand command) {
      this.command = command;
    }

    @Override
    public boolean add(EncodedCommand another) {
      if (another != command) {
        return false;
      }
      number++;
      return true;
    }

    @Override
    public void send(RawConnection connection) throws IOException {
      connection.write(command.bytes, number * command.length);
    }
  }

  /** Commands of several buyers, one after the other. */
  private static final class Joined implements WriteBatch {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(SOME_BYTES);

    @Override
    public boolean add(EncodedCommand another) {
      if (another.shared) {
        return false;
      }
      bytes.writeBytes(another.bytes);
      return true;
    }

    @Override
    public void send(RawConnection connection) throws IOException {
      connection.write(bytes.toByteArray(), bytes.size());
    }
  }
}
