package io.github.ticketsim.stock.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** What is not the same with all databases. */
enum SqlDialect {
  POSTGRESQL {
    @Override
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
      // As a text without a type, for which the server finds the one that is wanted there.
      if (value == null) {
        statement.setNull(index, Types.NULL);
      } else {
        statement.setObject(index, value.toString(), Types.OTHER);
      }
    }

    @Override
    @Nullable Object kept(ResultSet row, String column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void name(Connection connection, String name) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute("set application_name = '" + name + "'");
      }
    }

    @Override
    OptionalLong connectionsNamed(Connection connection, String name) throws SQLException {
      try (var select =
          connection.prepareStatement(
              "select count(*) from pg_stat_activity where application_name = ?")) {
        select.setString(1, name);
        try (var row = select.executeQuery()) {
          row.next();
          return OptionalLong.of(row.getLong(1));
        }
      }
    }

    @Override
    Optional<Set<String>> columns(PreparedStatement statement) throws SQLException {
      // Asks the server, which says nothing of a statement that gives no rows.
      return Optional.of(super.columns(statement).orElse(Set.of()));
    }
  },

  /** All its transactions are serializable. */
  SQLITE {
    @Override
    void isolate(Connection connection, int level) {
      // It has no other level, and this one is more than was asked for.
    }

    @Override
    Optional<Set<String>> columns(PreparedStatement statement) {
      // The driver has no description of a statement that gives no rows.
      try {
        return super.columns(statement);
      } catch (SQLException _) {
        return Optional.of(Set.of());
      }
    }

    @Override
    boolean holdsThread() {
      return true;
    }

    @Override
    void abort(Connection connection) throws SQLException {
      connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }
  },

  /** Any other. */
  OTHER {
    @Override
    void discard(Connection connection) throws SQLException {
      // Some commit what is open if a connection is closed in order.
      connection.abort(Runnable::run);
    }

    @Override
    boolean neverCommitsByItself() {
      return false;
    }
  };

  static SqlDialect of(String url) {
    var lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("jdbc:postgresql:")
        ? POSTGRESQL
        : lower.startsWith("jdbc:sqlite:") ? SQLITE : OTHER;
  }

  /**
   * Binds a value.
   *
   * @param value a text, a whole number, or what {@link #kept} gave
   */
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    statement.setObject(index, value);
  }

  /** What is to be bound again later. */
  @Nullable Object kept(ResultSet row, String column) throws SQLException {
    return row.getObject(column);
  }

  /**
   * @param level of {@link Connection}
   */
  void isolate(Connection connection, int level) throws SQLException {
    connection.setTransactionIsolation(level);
  }

  /** Marks a new connection at a server that shows such names. */
  void name(Connection connection, String name) throws SQLException {
    // Most do not.
  }

  /** How many connections of that name the server shows; empty if it shows no names. */
  OptionalLong connectionsNamed(Connection connection, String name) throws SQLException {
    return OptionalLong.empty();
  }

  /** The labels of the columns that it gives, in lower case; empty if that is not known. */
  Optional<Set<String>> columns(PreparedStatement statement) throws SQLException {
    var data = statement.getMetaData();
    return data == null ? Optional.empty() : Optional.of(labels(data));
  }

  static Set<String> labels(ResultSetMetaData data) throws SQLException {
    var labels = new LinkedHashSet<String>();
    for (var i = 1; i <= data.getColumnCount(); i++) {
      labels.add(data.getColumnLabel(i).toLowerCase(Locale.ROOT));
    }
    return labels;
  }

  /** Gives a broken connection up. What is open in it is rolled back. */
  void discard(Connection connection) throws SQLException {
    connection.close();
  }

  /** Ends what the connection is doing; may be called by any thread. */
  void abort(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
  }

  /** Whether the driver works in this process, and so lets no virtual thread go meanwhile. */
  boolean holdsThread() {
    return false;
  }

  /** Whether a transaction without COMMIT is always rolled back, however its connection ends. */
  boolean neverCommitsByItself() {
    return true;
  }
}
