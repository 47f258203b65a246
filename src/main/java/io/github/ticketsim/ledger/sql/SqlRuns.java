package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** All runs in one database: sales of services, and storms. */
public final class SqlRuns implements AutoCloseable {
  private static final int BATCH_ROWS = 1_000;

  /**
   * In one transaction: some tenths of a second, in which SQLite lets no other connection write.
   */
  private static final int PIECE_ROWS = 50_000;

  /** A connection that waits for SQLite polls every 100 ms. */
  private static final Duration LET_IN = Duration.ofMillis(150);

  private final Database database;
  private final Runnable between;

  private SqlRuns(Database database, Runnable between) {
    this.database = database;
    this.between = between;
  }

  /**
   * Opens a database, and makes or updates its tables.
   *
   * @throws RecordsUnavailableException when it is not to be reached or not ours to change
   */
  public static SqlRuns open(RecordsUrl url) {
    return open(
        url,
        () -> {
          if (url.file().isPresent()) {
            LockSupport.parkNanos(LET_IN.toNanos());
          }
        });
  }

  /**
   * @param between is done between two pieces of a storm
   */
  static SqlRuns open(RecordsUrl url, Runnable between) {
    Schema.migrate(url);
    return new SqlRuns(
        new Database(url, RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT), between);
  }

  /**
   * Keeps a storm that is over, piece by piece, its end last: without it, it counts as cut off. A
   * service on the same database is let in between the pieces.
   *
   * @throws RecordsException when that is not possible
   */
  public void keep(History storm) {
    var id = storm.run().id();
    var number =
        database.apply(
            to -> {
              var made = RunRows.insert(to, storm.run(), RunRows.Source.STORM);
              if (made.isEmpty()) {
                return RunRows.byId(to, id).orElseThrow().number();
              }
              SaleRows.insertItems(to, made.getAsLong(), storm.run().terms(), storm.ending());
              return made.getAsLong();
            });
    var attempts = storm.attempts();
    for (var next = 0; next < attempts.size(); next += PIECE_ROWS) {
      if (next > 0) {
        between.run();
      }
      keep(number, attempts, next, Math.min(attempts.size(), next + PIECE_ROWS));
    }
    var orders = storm.orders();
    for (var next = 0; next < orders.size(); next += PIECE_ROWS) {
      between.run();
      var from = next;
      database.apply(
          to -> {
            var end = Math.min(orders.size(), from + PIECE_ROWS);
            SaleRows.insertOrders(to, number, orders, from, end);
            return true;
          });
    }
    database.apply(
        to -> {
          // It is there already if only the answer to the first try was lost.
          if (RunRows.byId(to, id).orElseThrow().ending().isEmpty()) {
            RunRows.insertFaults(to, number, storm.faults());
            RunRows.end(to, number, storm.run().buyers(), storm.ending());
          }
          return true;
        });
  }

  private void keep(long number, Attempts attempts, int from, int to) {
    database.apply(
        in -> {
          // It is there already if only the answer to the first try was lost.
          if (!Rows.holds(in, number, to, attempts.get(to - 1).id())) {
            insert(in, number, attempts, from, to);
          }
          return true;
        });
  }

  private static void insert(Connection to, long run, Attempts attempts, int from, int end)
      throws SQLException {
    try (var insert = to.prepareStatement(SaleRows.INSERT)) {
      for (var i = from; i < end; i++) {
        var attempt = attempts.get(i);
        Rows.bind(insert, run, i + 1, attempt, Optional.empty());
        SaleRows.bind(insert, attempt.particulars());
        insert.addBatch();
        if ((i + 1) % BATCH_ROWS == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /**
   * The run that the address names, or else the latest; empty if there is none. Reads alone, and
   * needs no right to anything else.
   *
   * @throws RecordsUnavailableException when the database is not to be reached, or of another
   *     version
   * @throws RecordsException when it cannot be read
   */
  public static Optional<History> history(RecordsUrl url) {
    if (!Schema.isThere(url)) {
      return Optional.empty();
    }
    try (var database = new Database(url, RecordsUrl.Access.READ, RecordsUrl.LONG_TIMEOUT)) {
      return database.apply(
          in -> {
            var wanted = url.run();
            var kept = wanted.isPresent() ? RunRows.byId(in, wanted.get()) : RunRows.latest(in);
            return kept.isEmpty() ? Optional.empty() : Optional.of(history(in, kept.get()));
          });
    }
  }

  private static History history(Connection in, RunRows.Kept kept) throws SQLException {
    var ledger = new Ledger();
    var number = kept.number();
    Incarnations.unrecorded(in, number, kept.run().id(), OptionalLong.empty(), ledger::append);
    try (var select = in.prepareStatement(SaleRows.ATTEMPTS)) {
      select.setFetchSize(BATCH_ROWS);
      select.setLong(1, number);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          ledger.append(SaleRows.attempt(row));
        }
      }
    }
    var attempts = ledger.freeze();
    var limit = kept.run().terms().limit();
    var run = kept.run().on(new Run.Terms(limit, SaleRows.byItem(in, number, "stock")));
    var faults = RunRows.faults(in, number);
    if (kept.ending().isEmpty()) {
      return new History(
          run.withBuyers(attempts.size()), attempts, faults, List.of(), History.cutOff());
    }
    var ending = kept.ending().get();
    return new History(
        run,
        attempts,
        faults,
        SaleRows.orders(in, number, BATCH_ROWS),
        new Ending(
            ending.settlement(),
            ending.stopReason(),
            SaleRows.byItem(in, number, "counter_left"),
            ending.orders()));
  }

  @Override
  public void close() {
    database.close();
  }
}
