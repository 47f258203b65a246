package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.SharedRedis;
import io.github.ticketsim.storm.StormShare;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Hands the histories of the parts over to part 0 through a Redis: each is a list of compressed
 * pieces, which goes by itself if nobody fetches it.
 *
 * @param redis that holds them meanwhile
 * @param timeout for connecting, and for each reply
 * @param run whose parts they are
 * @param share which part is ours
 */
public record Uploads(RedisEndpoint redis, Duration timeout, UUID run, StormShare share) {
  private static final int PIECE_BYTES = 256 << 10;
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Where that is, for messages. */
  public String place() {
    return redis.label();
  }

  private String key(int part) {
    return "ticket-sim:history:" + run + ":" + part;
  }

  /**
   * Sends {@code history}, which is that of our part; a plain file is compressed on the way.
   *
   * @throws IOException if it cannot be read
   * @throws StockUnavailableException if the Redis does not take it
   */
  public void send(Path history) throws IOException {
    var key = key(share.part());
    // Under its name only when it is whole: one that was cut off would be no history.
    var unfinished = key + ":unfinished";
    try (var shared = SharedRedis.connect(redis, timeout);
        var in = Files.newInputStream(history)) {
      shared.delete(unfinished);
      var pieces = new Pieces(piece -> shared.append(unfinished, piece, LIFETIME));
      if (history.toString().endsWith(".gz")) {
        in.transferTo(pieces);
        pieces.flush();
      } else {
        try (var out = new GZIPOutputStream(pieces, PIECE_BYTES)) {
          in.transferTo(out);
        }
      }
      shared.rename(unfinished, key);
    }
  }

  /**
   * Reads into {@code reader} what the other parts have sent, and removes it from the Redis.
   *
   * @throws HistoryFormatException if something is no history of a part
   * @throws IOException if it cannot be read
   * @throws StockUnavailableException if the Redis does not give it
   */
  public void fetchOthers(PartsReader reader) throws IOException, HistoryFormatException {
    try (var shared = SharedRedis.connect(redis, timeout)) {
      for (var part = 0; part < share.parts(); part++) {
        if (part != share.part() && shared.element(key(part), 0).isPresent()) {
          reader.add(new Fetched(shared, key(part)), "the upload of part " + part);
          shared.delete(key(part));
        }
      }
    }
  }

  /** Reads the pieces under a key, one after the other. */
  private static final class Fetched extends InputStream {
    private final SharedRedis shared;
    private final String key;
    private long pieces;
    private ByteArrayInputStream piece = new ByteArrayInputStream(new byte[0]);

    Fetched(SharedRedis shared, String key) {
      this.shared = shared;
      this.key = key;
    }

    @Override
    public int read() {
      return available() == 0 ? -1 : piece.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return available() == 0 ? -1 : piece.read(bytes, offset, length);
    }

    /** Of the piece that is read, or else of the next. */
    @Override
    public int available() {
      if (piece.available() == 0) {
        shared
            .element(key, pieces)
            .ifPresent(
                next -> {
                  piece = new ByteArrayInputStream(next);
                  pieces++;
                });
      }
      return piece.available();
    }
  }

  /** Takes a piece of what is sent. */
  private interface Taker {
    void take(byte[] piece);
  }

  /** Cuts what is written into pieces. */
  private static final class Pieces extends ByteArrayOutputStream {
    private final Taker taker;

    Pieces(Taker taker) {
      this.taker = taker;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (size() >= PIECE_BYTES) {
        hand();
      }
    }

    private synchronized void hand() {
      if (size() > 0) {
        taker.take(toByteArray());
        reset();
      }
    }

    @Override
    public void flush() {
      hand();
    }

    @Override
    public void close() {
      hand();
    }
  }
}
