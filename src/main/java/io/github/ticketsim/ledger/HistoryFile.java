package io.github.ticketsim.ledger;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A history as newline-delimited JSON: a {@code run} line, a {@code buy} line an attempt, a {@code
 * fault} line a fault, an {@code order} line an order of the shop, an {@code end} line. Both
 * directions stream. Format 2 adds customers, items, quantities, keys and orders to format 1; a
 * history that has none of them is written in format 1.
 */
public final class HistoryFile {

  /** The file's name in a run's folder. */
  public static final String NAME = "history.ndjson";

  /** The name if it is compressed. */
  public static final String COMPRESSED_NAME = NAME + ".gz";

  private static final int BUFFER_BYTES = 1 << 16;

  private HistoryFile() {}

  /**
   * Writes {@code history} to {@code file}, replacing it when all is written.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(History history, Path file) throws IOException {
    WholeFile.write(
        file,
        part -> {
          try (var out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES)) {
            new HistoryWriter(history).write(out);
          } catch (JacksonIOException e) {
            throw e.getCause();
          }
        });
  }

  /**
   * The same, compressed by gzip (RFC 1952): about a quarter of the size.
   *
   * @throws IOException when the file cannot be written
   */
  public static void writeCompressed(History history, Path file) throws IOException {
    WholeFile.write(
        file,
        part -> {
          try (var out = new FastGzip(Files.newOutputStream(part))) {
            new HistoryWriter(history).write(out);
          } catch (JacksonIOException e) {
            throw e.getCause();
          }
        });
  }

  /** Compresses as fast as it can: more effort takes several times as long, and gains little. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Reads a history, plain or gzip'd. A file without an end line is one that was cut off.
   *
   * @throws HistoryFormatException when the file is not a history of format 1 or 2, naming the line
   * @throws IOException when the file cannot be read
   */
  public static History read(Path file) throws IOException, HistoryFormatException {
    return read(Files.newInputStream(file), file.toString());
  }

  /**
   * The same of what {@code in} still holds, which is closed.
   *
   * @param name of the stream, for what is said of its lines
   */
  public static History read(InputStream in, String name)
      throws IOException, HistoryFormatException {
    try (var lines = HistoryLines.open(name, in)) {
      return new HistoryReader(lines, name).read();
    }
  }
}
