package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Run;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes the attempts of a sale. There is one in the world: two services
 * that carried on the same sale would give the same places to different attempts.
 *
 * <p>On PostgreSQL the connection holds an advisory lock, which the server frees when it ends. On
 * SQLite a byte of the file {@code NAME-serving} beside the database is locked, which the operating
 * system frees when the process ends. Both also after SIGKILL.
 */
final class Writer implements AutoCloseable {

  /** What PostgreSQL says when a lock was not to be had in time ("lock_not_available"). */
  private static final String LOCK_TIMEOUT = "55P03";

  private static final String LOCK_SUFFIX = "-serving";

  private final RecordsUrl url;
  private final Run run;
  private final Optional<FileChannel> claim;
  private final Optional<Object> identity;
  private @Nullable Connection connection;

  private Writer(RecordsUrl url, Run run, Optional<FileChannel> claim) {
    this.url = url;
    this.run = run;
    this.claim = claim;
    this.identity = url.identity();
  }

  /**
   * Claims the sale.
   *
   * @throws RecordsUnavailableException when another service has, or it cannot be known
   */
  static Writer claim(RecordsUrl url, RunRows.Kept sale) {
    var claim = url.file().map(file -> locked(url, file, sale));
    var writer = new Writer(url, sale.run(), claim);
    try {
      var _ = writer.connected();
      return writer;
    } catch (SQLException e) {
      writer.close();
      throw LOCK_TIMEOUT.equals(e.getSQLState())
          ? claimed(url, sale)
          : new RecordsUnavailableException(
              url, RecordsUrl.words(e), "see that the database lets you write", e);
    }
  }

  private static FileChannel locked(RecordsUrl url, Path file, RunRows.Kept sale) {
    try {
      var channel =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + LOCK_SUFFIX),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock(sale.number(), 1, /* shared= */ false) != null) {
          return channel;
        }
      } catch (OverlappingFileLockException _) {
        // By another service in this process: the same complaint.
      }
      channel.close();
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          url, "'%s%s': %s".formatted(file, LOCK_SUFFIX, e.getMessage()), "make it writable", e);
    }
    throw claimed(url, sale);
  }

  private static RecordsUnavailableException claimed(RecordsUrl url, RunRows.Kept sale) {
    return new RecordsUnavailableException(
        url,
        "another service is selling from key '%s' on these records".formatted(sale.run().key()),
        "end that one, or name another --key or another database",
        /* cause= */ null);
  }

  /** A connection that may write the sale, the same as long as it lasts. */
  Connection connected() throws SQLException {
    requireSameFile();
    var open = connection;
    if (open == null) {
      open = url.connect(/* create= */ false, RecordsUrl.PATIENCE);
      connection = open;
      lock(open);
      open.setAutoCommit(false);
    }
    return open;
  }

  private void lock(Connection open) throws SQLException {
    if (claim.isPresent()) {
      return;
    }
    try (var statement = open.createStatement()) {
      // Less than is waited for its answer. A connection that broke may hold it for a while.
      statement.execute(
          "SET lock_timeout = %d".formatted(RecordsUrl.PATIENCE.dividedBy(2).toMillis()));
      statement.execute(
          "SELECT pg_advisory_lock(%d)".formatted(run.id().getLeastSignificantBits()));
    }
  }

  /**
   * @throws SQLException when the file is no longer the one that was opened
   */
  void requireSameFile() throws SQLException {
    if (!url.identity().equals(identity)) {
      throw new SQLException("its file is gone, or is another one");
    }
  }

  /** The next one to write gets a new connection. */
  void disconnect() {
    var open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException _) {
        // It is of no more use, however it ends.
      }
    }
  }

  /** Gives the sale up. */
  @Override
  public void close() {
    disconnect();
    if (claim.isPresent()) {
      try {
        claim.get().close();
      } catch (IOException _) {
        // Then it is freed at the end of the process.
      }
    }
  }
}
