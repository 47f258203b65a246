package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.OneLine;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a database said, and what it proves.
 *
 * @param kind what happened
 * @param undoesCommit whether it proves, as the answer to COMMIT, that the transaction was rolled
 *     back, if a rollback afterwards succeeds
 * @param words in one line, without secrets
 */
record SqlProblem(Event kind, boolean undoesCommit, String words) {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String COMPLETION_UNKNOWN = "40003";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";
  private static final String TOO_MANY = "53300";
  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final String NO_PASSWORD = "08004";
  private static final String NO_DATABASE = "3D000";
  private static final String SYNTAX = "42601";

  private static final Set<String> CONFLICTS =
      Set.of(SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE);

  /**
   * Classes and codes of SQLSTATE which say, in answer to COMMIT, that nothing was committed:
   *
   * <ul>
   *   <li>40, transaction rollback (ISO/IEC 9075-2, 24.1), but for 40003, which says that nobody
   *       knows. PostgreSQL says 40001 here if it finds the conflict only then (PostgreSQL 17,
   *       13.5, "Serialization Failure Handling").
   *   <li>23, a deferred constraint that is violated (PostgreSQL 17, SET CONSTRAINTS).
   *   <li>P0, an error that a deferred trigger raised (PostgreSQL 17, CREATE TRIGGER).
   *   <li>25P02, which PostgreSQL's driver says if the answer to COMMIT was ROLLBACK.
   * </ul>
   *
   * All else is left open. So is 57P01: a server that shuts down while a commit waits for its
   * replica says so after it has committed (PostgreSQL 17, syncrep.c).
   */
  private static final Set<String> UNDO_COMMIT = Set.of("40", "23", "P0", "25P02");

  /** What happened. */
  enum Event {
    /** Another transaction was faster. */
    CONFLICT,
    UNIQUE,
    CHECK,
    TOO_MANY_CONNECTIONS,
    /** Name or password are wrong, or there is no such database. */
    NOT_LET_IN,
    /** The server is starting up or shutting down. */
    NOT_READY,
    SYNTAX,
    OTHER
  }

  /**
   * Reads what a database said. Asks for the classes of no driver but its own, since a project may
   * have only that one.
   */
  static SqlProblem of(SqlDialect dialect, Throwable problem) {
    if (!(problem instanceof SQLException said)) {
      return new SqlProblem(Event.OTHER, false, words(problem, problem.getMessage()));
    }
    return switch (dialect) {
      case SQLITE ->
          said instanceof SQLiteException e
              ? sqlite(e.getResultCode(), said)
              : ofState(said, said.getMessage());
      case POSTGRESQL ->
          // Details may repeat a row.
          said instanceof PSQLException e && e.getServerErrorMessage() != null
              ? ofState(said, e.getServerErrorMessage().getMessage())
              : ofState(said, said.getMessage());
      case OTHER -> ofState(said, said.getMessage());
    };
  }

  private static SqlProblem ofState(SQLException e, @Nullable String message) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    var area = state.length() < 2 ? "" : state.substring(0, 2);
    var undoes =
        (UNDO_COMMIT.contains(area) || UNDO_COMMIT.contains(state))
            && !state.equals(COMPLETION_UNKNOWN);
    return new SqlProblem(kind(state, area), undoes, words(e, message));
  }

  private static Event kind(String state, String area) {
    if (CONFLICTS.contains(state)) {
      return Event.CONFLICT;
    }
    return switch (state) {
      case UNIQUE_VIOLATION -> Event.UNIQUE;
      case CHECK_VIOLATION -> Event.CHECK;
      case TOO_MANY -> Event.TOO_MANY_CONNECTIONS;
      case CANNOT_CONNECT_NOW -> Event.NOT_READY;
      case SYNTAX -> Event.SYNTAX;
      case NO_PASSWORD, NO_DATABASE -> Event.NOT_LET_IN;
      default -> area.equals("28") ? Event.NOT_LET_IN : Event.OTHER;
    };
  }

  /**
   * A transaction that cannot be committed because the file is busy, or a deferred constraint is
   * violated, stays open (sqlite.org, "COMMIT TRANSACTION" and "SQLite Foreign Key Support").
   */
  private static SqlProblem sqlite(SQLiteErrorCode code, SQLException e) {
    var base = code.code & 0xff;
    var busy =
        base == SQLiteErrorCode.SQLITE_BUSY.code || base == SQLiteErrorCode.SQLITE_LOCKED.code;
    var constraint = base == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    var kind =
        switch (code) {
          case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
              Event.UNIQUE;
          case SQLITE_CONSTRAINT_CHECK -> Event.CHECK;
          case SQLITE_ERROR ->
              String.valueOf(e.getMessage()).matches("(?s).*(syntax error|incomplete input).*")
                  ? Event.SYNTAX
                  : Event.OTHER;
          default -> busy ? Event.CONFLICT : Event.OTHER;
        };
    return new SqlProblem(kind, busy || constraint, words(e, e.getMessage()));
  }

  private static String words(Throwable problem, @Nullable String said) {
    var state = problem instanceof SQLException e ? e.getSQLState() : null;
    return (state == null ? "" : state + " ")
        + OneLine.clip(said == null ? problem.getClass().getSimpleName() : said);
  }
}
