package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.RecordsException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection for all but the writing of a service. Used by many threads, one at a time. */
final class Database implements AutoCloseable {
  private final RecordsUrl url;
  private final RecordsUrl.Access access;
  private final Duration timeout;
  private final ReentrantLock one = new ReentrantLock(true);

  /** Guarded by {@link #one}. */
  private @Nullable Connection connection;

  /** Some statements that are one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * @param timeout for each statement, and for those of other threads before it
   */
  Database(RecordsUrl url, RecordsUrl.Access access, Duration timeout) {
    this.url = url;
    this.access = access;
    this.timeout = timeout;
  }

  RecordsUrl url() {
    return url;
  }

  /**
   * Does {@code work} in a transaction, once more on a new connection if the old one broke: what
   * changes something must be such that this does no harm.
   *
   * @throws RecordsException when it cannot be done
   */
  <T> T apply(Work<T> work) {
    awaitTurn();
    try {
      var fresh = connection == null;
      try {
        return once(work);
      } catch (SQLException e) {
        close();
        if (fresh) {
          throw e;
        }
        return once(work);
      }
    } catch (SQLException e) {
      close();
      throw new RecordsException(describe(e), e);
    } catch (RuntimeException | Error e) {
      // The transaction may be open.
      close();
      throw e;
    } finally {
      one.unlock();
    }
  }

  private String describe(SQLException problem) {
    return problem.getCause() instanceof SocketTimeoutException
        ? "the database did not answer within %,d ms; see what holds it up (a lock, other work, a"
                .formatted(timeout.toMillis())
            + " slow disk), and try again"
        : "the database cannot be used: " + RecordsUrl.oneLine(problem);
  }

  private void awaitTurn() {
    try {
      if (one.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new RecordsException(
        "the database has kept others waiting for more than %,d ms; try again"
            .formatted(timeout.toMillis()),
        null);
  }

  private <T> T once(Work<T> work) throws SQLException {
    var open = connection;
    if (open == null) {
      open = url.connect(access, timeout);
      open.setAutoCommit(false);
      connection = open;
    }
    var result = work.on(open);
    open.commit();
    return result;
  }

  @Override
  public void close() {
    one.lock();
    try {
      var open = connection;
      connection = null;
      if (open != null) {
        open.close();
      }
    } catch (SQLException _) {
      // It is of no more use, however it ends.
    } finally {
      one.unlock();
    }
  }
}
