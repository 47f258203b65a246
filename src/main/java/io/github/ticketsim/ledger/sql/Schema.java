package io.github.ticketsim.ledger.sql;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Makes the tables, and brings those of an earlier version up to date. */
final class Schema {
  private static final String HISTORY = "ticket_schema_history";
  private static final Set<MigrationState> FUTURE =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Schema() {}

  /** Brings the database at {@code url} up to date, which must be reachable. */
  static void migrate(RecordsUrl url) {
    try {
      // Flyway's own words for a database that does not answer fill a screen.
      url.connect(true, RecordsUrl.PATIENCE).close();
      var flyway = flyway(url);
      requireKnown(url, flyway);
      flyway.migrate();
    } catch (SQLException e) {
      throw new RecordsUnavailableException(
          url, RecordsUrl.words(e), "see that the database is there and lets you in", e);
    } catch (FlywayException e) {
      throw new RecordsUnavailableException(
          url,
          String.valueOf(e.getMessage()),
          "see that you may make tables there, or name another database",
          e);
    }
  }

  private static Flyway flyway(RecordsUrl url) {
    return Flyway.configure()
        .dataSource(url.source(true, RecordsUrl.LONG_PATIENCE))
        .locations("classpath:io/github/ticketsim/ledger/sql")
        .failOnMissingLocations(true)
        .placeholders(url.dialect())
        .table(HISTORY)
        // The database may hold tables of others.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  /** Flyway itself would leave tables of a later version as they are, and let us use them. */
  private static void requireKnown(RecordsUrl url, Flyway flyway) {
    for (var migration : flyway.info().applied()) {
      if (FUTURE.contains(migration.getState())) {
        throw new RecordsUnavailableException(
            url,
            "its tables are of version %s, made by a newer ticket-sim"
                .formatted(migration.getVersion()),
            "use that one, or name another database",
            /* cause= */ null);
      }
    }
  }
}
