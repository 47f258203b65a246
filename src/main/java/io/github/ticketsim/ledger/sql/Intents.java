package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Records.Intent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The intents that are open, as rows of a table. The transaction that writes an attempt deletes its
 * intent, so finding the open ones takes no look at the attempts.
 */
final class Intents {
  private static final String INSERT =
      "INSERT INTO ticket_open_intent (run, id, life, timestamp_ms, idempotency_key)"
          + " VALUES (?, ?, ?, ?, ?)";

  static final String DELETE = "DELETE FROM ticket_open_intent WHERE run = ? AND id = ?";

  static final String HOLDS = "SELECT 1 FROM ticket_open_intent WHERE run = ? AND id = ?";

  static final String OPEN =
      "SELECT life, id, timestamp_ms, idempotency_key FROM ticket_open_intent WHERE run = ?"
          + " ORDER BY id";

  private Intents() {}

  /** An intent without an attempt. */
  record OpenIntent(long incarnation, Intent intent) {}

  static void insert(Connection to, long run, long incarnation, List<Intent> intents)
      throws SQLException {
    try (var insert = to.prepareStatement(INSERT)) {
      for (var intent : intents) {
        insert.setLong(1, run);
        insert.setString(2, intent.id().toString());
        insert.setLong(3, incarnation);
        insert.setLong(4, intent.timestampMillis());
        insert.setString(5, intent.key());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static void delete(Connection to, long run, List<UUID> ids) throws SQLException {
    try (var delete = to.prepareStatement(DELETE)) {
      for (var id : ids) {
        delete.setLong(1, run);
        delete.setString(2, id.toString());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  static boolean holds(Connection in, long run, UUID id) throws SQLException {
    try (var select = in.prepareStatement(HOLDS)) {
      select.setLong(1, run);
      select.setString(2, id.toString());
      try (var row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static List<OpenIntent> open(Connection in, long run) throws SQLException {
    var open = new ArrayList<OpenIntent>();
    try (var select = in.prepareStatement(OPEN)) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          open.add(
              new OpenIntent(
                  row.getLong("life"),
                  new Intent(
                      UUID.fromString(row.getString("id")),
                      row.getLong("timestamp_ms"),
                      row.getString("idempotency_key"))));
        }
      }
    }
    return open;
  }
}
