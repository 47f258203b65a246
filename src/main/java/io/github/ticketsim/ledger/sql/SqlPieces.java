package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.PieceStore;
import io.github.ticketsim.ledger.RecordsException;
import java.util.Optional;

/**
 * Pieces as rows of a PostgreSQL. Those that nobody has fetched for an hour go when the next are
 * brought. Each statement may be done twice.
 */
public final class SqlPieces implements PieceStore {
  private final Database database;

  private SqlPieces(Database database) {
    this.database = database;
  }

  /**
   * Opens a database, and makes or updates its tables.
   *
   * @throws RecordsUnavailableException if it is not to be reached or not ours to change
   * @throws RecordsException if it cannot be used
   */
  public static SqlPieces open(RecordsUrl url) {
    Schema.migrate(url);
    var pieces = new SqlPieces(new Database(url, RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT));
    pieces.update(
        "DELETE FROM ticket_piece WHERE brought_at < CURRENT_TIMESTAMP - INTERVAL '1 hour'");
    return pieces;
  }

  @Override
  public void append(String name, long number, byte[] piece) {
    update(
        "INSERT INTO ticket_piece (name, place, piece) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        name,
        number,
        piece);
  }

  @Override
  public Optional<byte[]> piece(String name, long number) {
    return database.apply(
        in -> {
          try (var select =
              in.prepareStatement("SELECT piece FROM ticket_piece WHERE name = ? AND place = ?")) {
            select.setString(1, name);
            select.setLong(2, number);
            try (var row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public void rename(String from, String to) {
    update("UPDATE ticket_piece SET name = ? WHERE name = ?", to, from);
  }

  @Override
  public void delete(String name) {
    update("DELETE FROM ticket_piece WHERE name = ?", name);
  }

  private void update(String statement, Object... values) {
    database.apply(
        to -> {
          try (var update = to.prepareStatement(statement)) {
            for (var i = 0; i < values.length; i++) {
              update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
          }
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
