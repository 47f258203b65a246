package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.ledger.PieceStore;
import io.github.ticketsim.storm.StormShare;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Hands the histories of the parts over to part 0, each as compressed pieces.
 *
 * @param place that holds them meanwhile, for messages
 * @param store opens it
 * @param run whose parts they are
 * @param share which part is ours
 */
public record Uploads(String place, Supplier<PieceStore> store, UUID run, StormShare share) {
  private static final int PIECE_BYTES = 256 << 10;

  private String key(int part) {
    return "ticket-sim:history:" + run + ":" + part;
  }

  /**
   * Sends {@code history}, which is that of our part; a plain file is compressed on the way.
   *
   * @throws IOException if it cannot be read
   */
  public void send(Path history) throws IOException {
    var key = key(share.part());
    // Under its name only when it is whole: one that was cut off would be no history.
    var unfinished = key + ":unfinished";
    try (var held = store.get();
        var in = Files.newInputStream(history)) {
      held.delete(unfinished);
      var pieces = new Pieces((number, piece) -> held.append(unfinished, number, piece));
      if (history.toString().endsWith(".gz")) {
        in.transferTo(pieces);
        pieces.flush();
      } else {
        try (var out = new GZIPOutputStream(pieces, PIECE_BYTES)) {
          in.transferTo(out);
        }
      }
      held.rename(unfinished, key);
    }
  }

  /**
   * Reads into {@code reader} what the other parts have sent, and removes it there.
   *
   * @throws HistoryFormatException if something is no history of a part
   * @throws IOException if it cannot be read
   */
  public void fetchOthers(PartsReader reader) throws IOException, HistoryFormatException {
    try (var held = store.get()) {
      for (var part = 0; part < share.parts(); part++) {
        if (part != share.part() && held.piece(key(part), 0).isPresent()) {
          reader.add(new Fetched(held, key(part)), "the upload of part " + part);
          held.delete(key(part));
        }
      }
    }
  }

  /** Reads the pieces under a key, one after the other. */
  private static final class Fetched extends InputStream {
    private final PieceStore held;
    private final String key;
    private long pieces;
    private ByteArrayInputStream piece = new ByteArrayInputStream(new byte[0]);

    Fetched(PieceStore held, String key) {
      this.held = held;
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
        held.piece(key, pieces)
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
    void take(long number, byte[] piece);
  }

  /** Cuts what is written into pieces. */
  private static final class Pieces extends ByteArrayOutputStream {
    private final Taker taker;
    private long taken;

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
        taker.take(taken++, toByteArray());
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
