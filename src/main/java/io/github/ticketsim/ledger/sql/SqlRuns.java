package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.RecordsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** All runs in one database: sales of services, and storms. */
public final class SqlRuns implements AutoCloseable {
  private static final int BATCH_ROWS = 1_000;

  private final Database database;

  private SqlRuns(Database database) {
    this.database = database;
  }

  /**
   * Opens a database, and makes or updates its tables.
   *
   * @throws RecordsUnavailableException when it is not to be reached or not ours to change
   */
  public static SqlRuns open(RecordsUrl url) {
    Schema.migrate(url);
    return new SqlRuns(new Database(url, RecordsUrl.LONG_PATIENCE));
  }

  /**
   * Keeps a storm that is over: all of it or nothing.
   *
   * @throws RecordsException when that is not possible
   */
  public void keep(History storm) {
    database.apply(
        to -> {
          var number = RunRows.insert(to, storm.run(), RunRows.Kind.STORM);
          // It is there already where only the answer to the first try was lost.
          if (number.isPresent()) {
            insert(to, number.getAsLong(), storm);
          }
          return true;
        });
  }

  private static void insert(Connection to, long number, History storm) throws SQLException {
    insert(to, number, storm.attempts());
    RunRows.insertFaults(to, number, storm.faults());
    RunRows.end(to, number, storm.run().buyers(), storm.ending());
  }

  private static void insert(Connection to, long run, Attempts attempts) throws SQLException {
    try (var insert = to.prepareStatement(Rows.INSERT)) {
      for (var i = 0; i < attempts.size(); i++) {
        Rows.bind(insert, run, i + 1, attempts.get(i), Optional.empty());
        insert.addBatch();
        if ((i + 1) % BATCH_ROWS == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** The run that the address names, or else the latest; empty where there is none. */
  public Optional<History> history() {
    return database.apply(
        in -> {
          var wanted = database.url().run();
          var kept = wanted.isPresent() ? RunRows.byId(in, wanted.get()) : RunRows.latest(in);
          return kept.isEmpty() ? Optional.empty() : Optional.of(history(in, kept.get()));
        });
  }

  private static History history(Connection in, RunRows.Kept kept) throws SQLException {
    var ledger = new Ledger();
    var number = kept.number();
    Lives.unrecorded(in, number, kept.run().id(), OptionalLong.empty(), ledger::append);
    try (var select = in.prepareStatement(Rows.PAGE)) {
      select.setFetchSize(BATCH_ROWS);
      select.setLong(1, number);
      select.setLong(2, 0);
      select.setLong(3, Long.MAX_VALUE);
      select.setInt(4, Ledger.MOST_ATTEMPTS);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          ledger.append(Rows.attempt(row));
        }
      }
    }
    var attempts = ledger.freeze();
    return new History(
        kept.ending().isPresent() ? kept.run() : kept.run().withBuyers(attempts.size()),
        attempts,
        RunRows.faults(in, number),
        kept.ending().orElseGet(History::cutOff));
  }

  @Override
  public void close() {
    database.close();
  }
}
