package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.RecordsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection for all but the writing of a service. Used by many threads, one at a time. */
final class Database implements AutoCloseable {
  private final RecordsUrl url;
  private final ReentrantLock one = new ReentrantLock(true);

  /** Guarded by {@link #one}. */
  private @Nullable Connection connection;

  /** Some statements that are one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  Database(RecordsUrl url) {
    this.url = url;
  }

  RecordsUrl url() {
    return url;
  }

  /**
   * Does {@code work} in a transaction, once more on a new connection where the old one broke: what
   * changes something must be such that this does no harm.
   *
   * @throws RecordsException when it cannot be done
   */
  <T> T apply(Work<T> work) {
    one.lock();
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
      throw new RecordsException("the database cannot be used: " + RecordsUrl.words(e), e);
    } finally {
      one.unlock();
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    var open = connection;
    if (open == null) {
      open = url.connect(false);
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
