package io.github.ticketsim.stock.sql;

import io.github.ticketsim.stock.deadline.Deadline;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that buys. For one thread at a time. */
final class SqlConnection {
  private final Connection connection;
  private final SqlDialect dialect;
  private final Watchdog watchdog;
  private final Deadline deadline;
  private final Duration timeout;
  private final @Nullable PreparedStatement[] statements;
  private boolean broken;

  private SqlConnection(
      Connection connection, SqlDialect dialect, Watchdog watchdog, Duration timeout, int steps) {
    this.connection = connection;
    this.dialect = dialect;
    this.watchdog = watchdog;
    this.timeout = timeout;
    this.statements = new PreparedStatement[steps];
    this.deadline =
        watchdog.watch(
            () -> {
              try {
                dialect.abort(connection);
              } catch (SQLException e) {
                throw new IOException(e);
              }
            });
  }

  /**
   * Connects.
   *
   * @param name marks it at a server that shows such names
   */
  static SqlConnection open(SqlSale sale, String name, Watchdog watchdog) throws SQLException {
    var dialect = sale.address().dialect();
    var connection = sale.address().connect(sale.timeout());
    try {
      var level = sale.isolation();
      if (level.isPresent()) {
        dialect.isolate(connection, level.getAsInt());
      }
      dialect.name(connection, name);
      connection.setAutoCommit(false);
      return new SqlConnection(connection, dialect, watchdog, sale.timeout(), sale.steps().size());
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  SqlDialect dialect() {
    return dialect;
  }

  /** The statement of step {@code number}. */
  PreparedStatement statement(int number, String text) throws SQLException {
    var known = statements[number];
    if (known == null) {
      known = connection.prepareStatement(text);
      statements[number] = known;
    }
    return known;
  }

  /** Begins a transaction, which must end in time. */
  void begin() throws SQLException {
    if (!deadline.start(watchdog.now() + timeout.toNanos())) {
      broken = true;
      throw new SQLException("the connection was given up");
    }
  }

  /** The transaction has ended, or is given up; returns whether it took too long. */
  boolean end() {
    var late = deadline.stop();
    broken |= late;
    return late;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Rolls the transaction back; if that fails, the connection is of no more use. */
  boolean rolledBack() {
    try {
      connection.rollback();
      return true;
    } catch (SQLException | RuntimeException _) {
      broken = true;
      return false;
    }
  }

  boolean broken() {
    return broken;
  }

  /** Never to be used again. */
  void setBroken() {
    broken = true;
  }

  /** What is open in it is rolled back. */
  void close() {
    watchdog.forget(deadline);
    try {
      if (broken) {
        dialect.discard(connection);
      } else {
        connection.close();
      }
    } catch (SQLException | RuntimeException _) {
      // It is of no more use, however it ends.
    }
  }
}
