package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.stock.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Attempts as rows of a table. */
final class Rows {
  static final String COLUMNS =
      "id, timestamp_ms, buyer, intended_ns, pool_wait_ns, call_ns, return_ns, outcome,"
          + " counter_value, error, idempotency_key";

  static final String INSERT = insert(COLUMNS);

  /** A page of a run: after one sequence number, up to another. */
  static final String PAGE =
      "SELECT place, "
          + COLUMNS
          + " FROM ticket_attempt WHERE run = ? AND place > ? AND place <= ? ORDER BY place";

  /** All attempts of a run that carry a key. */
  static final String KEYED =
      "SELECT place, "
          + COLUMNS
          + " FROM ticket_attempt WHERE run = ? AND idempotency_key IS NOT NULL ORDER BY place";

  /** Not asked with the run, which has an index of its own that finds the attempt slowly. */
  static final String SEQUENCE = "SELECT run, place FROM ticket_attempt WHERE id = ?";

  /** The id of the attempt of a run that has a sequence number. */
  static final String ID = "SELECT id FROM ticket_attempt WHERE run = ? AND place = ?";

  /** The last sequence number of a run. */
  static final String LAST =
      "SELECT place FROM ticket_attempt WHERE run = ? ORDER BY place DESC LIMIT 1";

  private Rows() {}

  /** Inserts an attempt of a run, with {@code columns} beside its sequence number. */
  static String insert(String columns) {
    return "INSERT INTO ticket_attempt (run, place, "
        + columns
        + ") VALUES (?, ?"
        + ", ?".repeat(columns.split(",", -1).length)
        + ")";
  }

  static void bind(
      PreparedStatement insert, long run, long sequence, Attempt attempt, Optional<String> key)
      throws SQLException {
    var outcome = attempt.outcome();
    var value = outcome.value();
    var error = outcome.kind().replied() ? Optional.<String>empty() : Optional.of(outcome.error());
    insert.setLong(1, run);
    insert.setLong(2, sequence);
    insert.setString(3, attempt.id().toString());
    insert.setLong(4, attempt.timestampMillis());
    insert.setLong(5, attempt.buyer());
    bind(insert, 6, attempt.intendedNanos());
    bind(insert, 7, attempt.poolWaitNanos());
    insert.setLong(8, attempt.callNanos());
    bind(insert, 9, attempt.returnNanos());
    insert.setString(10, attempt.outcome().kind().wireName());
    bind(insert, 11, value);
    bind(insert, 12, error);
    bind(insert, 13, key);
  }

  static void bind(PreparedStatement insert, int index, OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      insert.setLong(index, value.getAsLong());
    } else {
      insert.setNull(index, Types.BIGINT);
    }
  }

  static void bind(PreparedStatement insert, int index, Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      insert.setString(index, storable(text.get()));
    } else {
      insert.setNull(index, Types.VARCHAR);
    }
  }

  /** PostgreSQL keeps any character but NUL; half of a surrogate pair is none. */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', ' ');
  }

  static Attempt attempt(ResultSet row) throws SQLException {
    var value = number(row, "counter_value");
    var error = Optional.ofNullable(row.getString("error")).orElse("");
    return new Attempt(
        UUID.fromString(row.getString("id")),
        row.getLong("timestamp_ms"),
        row.getInt("buyer"),
        number(row, "intended_ns"),
        number(row, "pool_wait_ns"),
        row.getLong("call_ns"),
        number(row, "return_ns"),
        kind(row.getString("outcome")).of(value, error),
        Particulars.NONE);
  }

  /** The last sequence number of {@code run}; 0 if it has no attempts. */
  static long last(Connection in, long run) throws SQLException {
    try (var select = in.prepareStatement(LAST)) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** The sequence number of the attempt of {@code run} that has {@code id}. */
  static OptionalLong sequence(Connection in, long run, UUID id) throws SQLException {
    try (var select = in.prepareStatement(SEQUENCE)) {
      select.setString(1, id.toString());
      try (var row = select.executeQuery()) {
        return row.next() && row.getLong("run") == run
            ? OptionalLong.of(row.getLong("place"))
            : OptionalLong.empty();
      }
    }
  }

  /** Whether the attempt {@code sequence} of {@code run} has {@code id}. */
  static boolean holds(Connection in, long run, long sequence, UUID id) throws SQLException {
    try (var select = in.prepareStatement(ID)) {
      select.setLong(1, run);
      select.setLong(2, sequence);
      try (var row = select.executeQuery()) {
        return row.next() && row.getString(1).equals(id.toString());
      }
    }
  }

  private static Outcome.Kind kind(String word) throws SQLException {
    return Arrays.stream(Outcome.Kind.values())
        .filter(kind -> kind.wireName().equals(word))
        .findFirst()
        .orElseThrow(() -> new SQLException("'" + word + "' is no outcome"));
  }

  static OptionalLong number(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
