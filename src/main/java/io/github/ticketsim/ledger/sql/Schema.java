package io.github.ticketsim.ledger.sql;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Makes the tables, and brings those of an earlier version up to date. */
final class Schema {
  private static final String HISTORY = "ticket_schema_history";

  private Schema() {}

  /** Brings the database at {@code url} up to date, which must be reachable. */
  static void migrate(RecordsUrl url) {
    try {
      // Flyway's own words for a database that does not answer fill a screen.
      url.connect(true).close();
      Flyway.configure()
          .dataSource(url.source(true))
          .locations("classpath:io/github/ticketsim/ledger/sql")
          .table(HISTORY)
          // The database may hold tables of others.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (SQLException e) {
      throw new RecordsUnavailableException(
          url, RecordsUrl.words(e), "see that the database is there and lets you in", e);
    } catch (FlywayException e) {
      throw new RecordsUnavailableException(
          url,
          String.valueOf(e.getMessage()),
          "see that you may make tables there, and that no newer ticket-sim has",
          e);
    }
  }
}
