package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
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
   * A sale of a service that can be carried on.
   *
   * @param left how many tickets nobody has been told that he has them, as the records tell
   */
  public record Sale(Run run, long left) {}

  /** The latest sale of a service from {@code key}. */
  public Optional<Sale> sale(String key) {
    return database.apply(
        in -> {
          var kept = RunRows.latestSale(in, key);
          return kept.isEmpty()
              ? Optional.empty()
              : Optional.of(new Sale(kept.get().run(), left(in, kept.get())));
        });
  }

  /**
   * The counter at which a sale may go on: below all that was replied, and with a ticket set aside
   * for each recorded attempt of unknown fate. What was taken and never recorded nobody was told
   * of, so that it can be sold again.
   */
  private static long left(Connection in, RunRows.Kept kept) throws SQLException {
    try (var select =
        in.prepareStatement(
            "SELECT min(counter_value), coalesce(sum(CASE WHEN outcome IN ('sold','indeterminate')"
                + " THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN outcome = 'sold_out' THEN 1"
                + " ELSE 0 END), 0) FROM ticket_attempt WHERE run = ?")) {
      select.setLong(1, kept.number());
      try (var row = select.executeQuery()) {
        row.next();
        var lowest = row.getLong(1);
        var unreplied = row.wasNull();
        var run = kept.run();
        var refusals = run.model() == Model.COUNTER ? row.getLong(3) : 0;
        var counted = run.stock() - row.getLong(2) - refusals;
        var left = unreplied ? counted : Math.min(lowest, counted);
        return run.model() == Model.COUNTER ? left : Math.max(0, left);
      }
    }
  }

  /**
   * Records of a sale that goes on.
   *
   * @param most attempts that there is memory to judge
   */
  public SqlRecords carryOn(Sale sale, int most) {
    return SqlRecords.carryOn(
        database, database.apply(in -> RunRows.byId(in, sale.run().id())).orElseThrow(), most);
  }

  /** Records of a new sale. */
  public SqlRecords begin(Run run, int most) {
    var kept =
        database.apply(
            to -> {
              var _ = RunRows.insert(to, run, RunRows.Kind.SERVE);
              return RunRows.byId(to, run.id()).orElseThrow();
            });
    return SqlRecords.carryOn(database, kept, most);
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
