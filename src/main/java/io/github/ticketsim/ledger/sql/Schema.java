package io.github.ticketsim.ledger.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/**
 * Makes the tables, and brings those of an earlier version up to date.
 *
 * <p>Flyway is kept for a few scripts: databases in the field carry its history table, it runs each
 * script in one transaction on both databases, it takes a lock on PostgreSQL against a second
 * service that starts, and it tells tables of a later version. Own code for that would be no
 * shorter.
 */
final class Schema {
  private static final String HISTORY = "ticket_schema_history";
  private static final Set<MigrationState> FUTURE =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Schema() {}

  /** Brings the database at {@code url} up to date, which must be reachable. */
  static void migrate(RecordsUrl url) {
    try {
      // Flyway's own words for a database that does not answer fill a screen.
      url.connect(RecordsUrl.Access.CREATE, RecordsUrl.TIMEOUT).close();
      var flyway = flyway(url, RecordsUrl.Access.CREATE, RecordsUrl.LONG_TIMEOUT);
      requireKnown(url, flyway);
      if (flyway.info().pending().length > 0) {
        flyway(url, RecordsUrl.Access.CREATE, RecordsUrl.MIGRATION_TIMEOUT).migrate();
      }
    } catch (SQLException e) {
      throw new RecordsUnavailableException(
          url, RecordsUrl.oneLine(e), "see that the database is there and lets you in", e);
    } catch (FlywayException e) {
      throw new RecordsUnavailableException(
          url,
          String.valueOf(e.getMessage()),
          "see that you may make tables there, or name another database",
          e);
    }
  }

  /** Makes the tables of an earlier version. */
  static void migrate(RecordsUrl url, String version) {
    Flyway.configure()
        .configuration(
            flyway(url, RecordsUrl.Access.CREATE, RecordsUrl.LONG_TIMEOUT).getConfiguration())
        .target(version)
        .load()
        .migrate();
  }

  /**
   * Whether there are tables at {@code url}, to be read. Changes nothing there.
   *
   * @throws RecordsUnavailableException when they are of another version, or it cannot be known
   */
  static boolean isThere(RecordsUrl url) {
    try (var connection = url.connect(RecordsUrl.Access.READ, RecordsUrl.TIMEOUT);
        // Another schema of the same database may hold tables of its own.
        var tables =
            connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
      if (!tables.next()) {
        return false;
      }
      var flyway = flyway(url, RecordsUrl.Access.READ, RecordsUrl.LONG_TIMEOUT);
      requireKnown(url, flyway);
      requireNoEarlier(url, flyway);
      return true;
    } catch (SQLException e) {
      throw new RecordsUnavailableException(
          url, RecordsUrl.oneLine(e), "see that the database is there and lets you in", e);
    } catch (FlywayException e) {
      throw new RecordsUnavailableException(
          url, String.valueOf(e.getMessage()), "see that you may read the tables there", e);
    }
  }

  private static Flyway flyway(RecordsUrl url, RecordsUrl.Access access, Duration timeout) {
    return Flyway.configure()
        .dataSource(url.source(access, timeout))
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

  private static void requireNoEarlier(RecordsUrl url, Flyway flyway) {
    if (flyway.info().pending().length > 0) {
      throw new RecordsUnavailableException(
          url,
          "its tables are of an earlier ticket-sim",
          "start `serve` or `storm` once with it, which brings them up to date",
          /* cause= */ null);
    }
  }
}
