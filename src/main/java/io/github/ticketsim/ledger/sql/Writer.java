package io.github.ticketsim.ledger.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes the attempts of the sales from a key. There is one in the world:
 * two services that resumed the same sale would give the same sequence numbers to different
 * attempts, and two that began one would both fill the same stock.
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
  private final String key;
  private final Optional<FileChannel> claim;
  private final Optional<Object> identity;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;

  private Writer(RecordsUrl url, String key, Optional<FileChannel> claim) {
    this.url = url;
    this.key = key;
    this.claim = claim;
    this.identity = url.identity();
  }

  /**
   * Claims all sales from {@code key}, even if none has begun yet.
   *
   * @throws RecordsUnavailableException when another service has, or it cannot be known
   */
  static Writer claim(RecordsUrl url, String key) {
    var claim = url.file().map(file -> locked(url, file, key));
    var writer = new Writer(url, key, claim);
    try {
      var _ = writer.connected();
      return writer;
    } catch (SQLException e) {
      writer.close();
      throw LOCK_TIMEOUT.equals(e.getSQLState())
          ? claimed(url, key)
          : new RecordsUnavailableException(
              url, RecordsUrl.oneLine(e), "see that the database lets you write", e);
    }
  }

  private static FileChannel locked(RecordsUrl url, Path file, String key) {
    try {
      var channel =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + LOCK_SUFFIX),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock(lock(key), 1, /* shared= */ false) != null) {
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
    throw claimed(url, key);
  }

  private static RecordsUnavailableException claimed(RecordsUrl url, String key) {
    return new RecordsUnavailableException(
        url,
        "another service is selling from key '%s' on these records".formatted(key),
        "end that one, or name another --key or another database",
        /* cause= */ null);
  }

  /** The lock of a key: one of 2^62, so that no two keys ever share one. */
  private static long lock(String key) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("ticket-sim serve " + key).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() >>> 2;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A connection that may write the sale, the same as long as it lasts. */
  Connection connected() throws SQLException {
    requireSameFile();
    var open = connection;
    if (open == null) {
      open = url.connect(RecordsUrl.Access.WRITE, RecordsUrl.TIMEOUT);
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
          "SET lock_timeout = %d".formatted(RecordsUrl.TIMEOUT.dividedBy(2).toMillis()));
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(lock(key)));
    }
  }

  /** Inserts attempts by the connection; prepared once for all batches. */
  PreparedStatement insert() throws SQLException {
    var known = insert;
    if (known == null) {
      known = connected().prepareStatement(Rows.INSERT);
      insert = known;
    }
    return known;
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
    insert = null;
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
