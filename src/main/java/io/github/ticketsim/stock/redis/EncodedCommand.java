package io.github.ticketsim.stock.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * One command as Jedis encodes it, repeated, so that one write sends any number of them up to the
 * limit in flight.
 */
final class EncodedCommand {
  private final byte[] bytes;
  private final int length;
  private final int times;

  EncodedCommand(CommandArguments command, int times) {
    var buffer = new ByteArrayOutputStream();
    try (var out = new RedisOutputStream(buffer)) {
      for (var i = 0; i < times; i++) {
        Protocol.sendCommand(out, command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no I/O errors", e);
    }
    this.bytes = buffer.toByteArray();
    this.length = bytes.length / times;
    this.times = times;
  }

  /** How many can be in flight. */
  int times() {
    return times;
  }

  void send(int number, RawConnection connection) throws IOException {
    connection.write(bytes, number * length);
  }
}
