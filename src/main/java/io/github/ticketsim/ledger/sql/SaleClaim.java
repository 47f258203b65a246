package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to sell from a key on some records, held by one service at a time. With it a service
 * may read how the sale stands and then touch the stock, as no other service sells from it
 * meanwhile.
 */
public final class SaleClaim implements AutoCloseable {
  private final Database database;
  private final Writer writer;
  private final String key;

  private SaleClaim(RecordsUrl url, String key) {
    this.writer = Writer.claim(url, key);
    this.database = new Database(url, RecordsUrl.Access.WRITE, RecordsUrl.LONG_TIMEOUT);
    this.key = key;
  }

  /**
   * Claims {@code key} in a database, and makes or updates its tables.
   *
   * @throws RecordsUnavailableException when another service has it, or the database is not to be
   *     reached or not ours to change
   */
  public static SaleClaim of(RecordsUrl url, String key) {
    Schema.migrate(url);
    return new SaleClaim(url, key);
  }

  /**
   * A sale of a service that can be carried on.
   *
   * @param left the tickets that no buyer has, by the records
   */
  public record OpenSale(Run run, long left) {}

  /** The latest sale of a service from the key. */
  public Optional<OpenSale> sale() {
    return database.apply(
        in -> {
          var kept = RunRows.latestSale(in, key);
          return kept.isEmpty()
              ? Optional.empty()
              : Optional.of(new OpenSale(kept.get().run(), left(in, kept.get())));
        });
  }

  /**
   * The counter at which a sale may go on: below all replies, and with a ticket set aside for each
   * indeterminate attempt and each open intent. A ticket that was taken and never recorded was
   * promised to no buyer, so it is sold again.
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
        var open = Intents.open(in, kept.number()).size();
        var counted = run.stock() - row.getLong(2) - open - refusals;
        var left = unreplied ? counted : Math.min(lowest, counted);
        return run.model() == Model.COUNTER ? left : Math.max(0, left);
      }
    }
  }

  /**
   * Records of a sale that goes on. Closing them gives the key up.
   *
   * @param most attempts that there is memory to judge
   */
  public SqlRecords carryOn(OpenSale sale, int most) {
    return SqlRecords.carryOn(
        writer,
        database,
        database.apply(in -> RunRows.byId(in, sale.run().id())).orElseThrow(),
        most);
  }

  /** Records of a new sale. Closing them gives the key up. */
  public SqlRecords begin(Run run, int most) {
    var kept =
        database.apply(
            to -> {
              var _ = RunRows.insert(to, run, RunRows.Source.SERVE);
              return RunRows.byId(to, run.id()).orElseThrow();
            });
    return SqlRecords.carryOn(writer, database, kept, most);
  }

  /** Gives the key up. */
  @Override
  public void close() {
    writer.close();
    database.close();
  }
}
