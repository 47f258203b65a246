package io.github.ticketsim.stock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.sql.SqlProblem.Event;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqlProblemTest {

  /** The last column: whether an answer to COMMIT that says so proves that nothing happened. */
  @ParameterizedTest
  @CsvSource({
    "40001, CONFLICT, true",
    "40P01, CONFLICT, true",
    "55P03, CONFLICT, false",
    "40002, OTHER, true",
    "40003, OTHER, false",
    "23505, UNIQUE, true",
    "23514, CHECK, true",
    "23503, OTHER, true",
    "P0001, OTHER, true",
    "25P02, OTHER, true",
    "25001, OTHER, false",
    "57014, OTHER, false",
    "57P01, OTHER, false",
    "57P02, OTHER, false",
    "57P03, NOT_READY, false",
    "08006, OTHER, false",
    "53300, TOO_MANY_CONNECTIONS, false",
    "28P01, NOT_LET_IN, false",
    "08004, NOT_LET_IN, false",
    "3D000, NOT_LET_IN, false",
    "42601, SYNTAX, false",
    "42P01, OTHER, false",
    "'', OTHER, false",
    ", OTHER, false",
  })
  void whatAStateOfSqlProves(String state, Event kind, boolean undoesCommit) {
    var problem = SqlProblem.of(SqlDialect.POSTGRESQL, new SQLException("no", state));

    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.undoesCommit()).isEqualTo(undoesCommit);
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, CONFLICT, true",
    "SQLITE_BUSY_SNAPSHOT, CONFLICT, true",
    "SQLITE_LOCKED, CONFLICT, true",
    "SQLITE_CONSTRAINT_UNIQUE, UNIQUE, true",
    "SQLITE_CONSTRAINT_PRIMARYKEY, UNIQUE, true",
    "SQLITE_CONSTRAINT_CHECK, CHECK, true",
    "SQLITE_CONSTRAINT_FOREIGNKEY, OTHER, true",
    "SQLITE_IOERR, OTHER, false",
    "SQLITE_FULL, OTHER, false",
    "SQLITE_INTERRUPT, OTHER, false",
    "SQLITE_ERROR, OTHER, false",
  })
  void whatACodeOfSqliteProves(SQLiteErrorCode code, Event kind, boolean undoesCommit) {
    var problem = SqlProblem.of(SqlDialect.SQLITE, new SQLiteException("no", code));

    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.undoesCommit()).isEqualTo(undoesCommit);
  }

  @Test
  void aStatementThatIsNoSqlIsTold() {
    assertThat(
            SqlProblem.of(
                    SqlDialect.SQLITE,
                    new SQLiteException("near \"x\": syntax error", SQLiteErrorCode.SQLITE_ERROR))
                .kind())
        .isEqualTo(Event.SYNTAX);
  }

  @Test
  void anErrorOfTheDriverItselfProvesNothing() {
    var problem = SqlProblem.of(SqlDialect.OTHER, new AssertionError("a\nb"));

    assertThat(problem.undoesCommit()).isFalse();
    assertThat(problem.words()).isEqualTo("a b");
  }
}
