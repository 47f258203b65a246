package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.SqlSteps.Otherwise;
import io.github.ticketsim.sale.SqlSteps.SqlStep;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One purchase: one transaction, and others as long as another buyer was faster. */
final class SqlTransaction {
  private final SqlSale sale;
  private final SqlConnection connection;
  private final PurchaseRequest purchase;
  private final Map<String, @Nullable Object> kept = new HashMap<>();
  private final List<Done> done = new ArrayList<>();

  /** What a step found or changed in the last transaction. */
  record Done(int step, List<@Nullable Object> values, long rows) {}

  /**
   * How a transaction ended.
   *
   * @param again another buyer was faster, and nothing was executed
   */
  private record Ended(Outcome outcome, boolean again) {
    static Ended of(Outcome outcome) {
      return new Ended(outcome, /* again= */ false);
    }

    static Ended faster(String words) {
      return new Ended(new Outcome.Failed(words), /* again= */ true);
    }
  }

  SqlTransaction(SqlSale sale, SqlConnection connection, PurchaseRequest purchase) {
    this.sale = sale;
    this.connection = connection;
    this.purchase = purchase;
  }

  /** What the steps did in the last transaction. */
  List<Done> done() {
    return done;
  }

  /** What the steps of the last transaction kept. */
  Map<String, @Nullable Object> kept() {
    return kept;
  }

  /** Buys. Never throws for what the database does. */
  Outcome buy() {
    var end = once();
    for (var tried = 1; end.again() && tried < sale.tries() && !connection.broken(); tried++) {
      end = once();
    }
    return end.again()
        ? new Outcome.Failed(
            "%s%s: %s"
                .formatted(
                    SqlSale.OVERTAKEN,
                    sale.tries() == 1 ? "once" : sale.tries() + " times",
                    end.outcome().error()))
        : end.outcome();
  }

  private Ended once() {
    kept.clear();
    done.clear();
    try {
      connection.begin();
      var steps = sale.steps();
      for (var number = 0; number < steps.size(); number++) {
        var refusal = carryOut(number, steps.get(number));
        if (refusal.isPresent()) {
          return refused(number, refusal.get());
        }
      }
    } catch (SQLException | RuntimeException | AssertionError e) {
      return failed(e);
    }
    return committed();
  }

  /** What it means that the step did not give what it must; empty if it did. */
  private Optional<Otherwise> carryOut(int number, SqlSale.SqlCall step) throws SQLException {
    var statement = connection.statement(number, step.statement().text());
    var values = step.statement().values(purchase, kept);
    SqlStatement.bind(statement, connection.dialect(), values);
    var rows = statement.execute() ? read(statement, step.described()) : changed(statement);
    done.add(new Done(number, values, rows));
    return step.described()
        .wanted()
        .filter(wanted -> wanted.rows() != rows)
        .map(wanted -> wanted.otherwise());
  }

  private static long changed(PreparedStatement statement) throws SQLException {
    return Math.max(0, statement.getUpdateCount());
  }

  private long read(PreparedStatement statement, SqlStep step) throws SQLException {
    try (var row = statement.getResultSet()) {
      var rows = 0L;
      while (row.next()) {
        if (rows == 0) {
          keep(row, step);
        }
        rows++;
      }
      if (rows == 0 && !step.keep().isEmpty() && step.wanted().isEmpty()) {
        throw new SQLException("no row has what this step must keep");
      }
      return rows;
    }
  }

  private void keep(ResultSet row, SqlStep step) throws SQLException {
    for (var entry : step.keep().entrySet()) {
      kept.put(entry.getKey(), connection.dialect().kept(row, entry.getValue()));
    }
  }

  /** Before COMMIT was sent. */
  private Ended refused(int number, Otherwise refusal) {
    var rolledBack = connection.rolledBack();
    var late = connection.end();
    if (!rolledBack || late) {
      return unproven("the connection broke before COMMIT");
    }
    var where = "step %d".formatted(number + 1);
    return switch (refusal) {
      case AGAIN -> Ended.faster(where + " says again");
      case FAILED -> Ended.of(new Outcome.Failed(where + " says failed"));
      case SOLD -> Ended.of(sold());
      case SOLD_OUT -> Ended.of(new Outcome.SoldOut(OptionalLong.empty()));
      case LIMITED -> Ended.of(new Outcome.Limited(OptionalLong.empty()));
    };
  }

  /** What a transaction is worth that is not committed, and whose connection is given up. */
  private Ended unproven(String words) {
    connection.setBroken();
    return Ended.of(
        connection.dialect().neverCommitsByItself()
            ? new Outcome.Failed(words)
            : new Outcome.Indeterminate(words));
  }

  /** Before COMMIT was sent. */
  private Ended failed(Throwable e) {
    var problem = sale.address().problem(e);
    var number = done.size();
    var words = "step %d: %s".formatted(number + 1, problem.words());
    var refusal = refusal(problem, number);
    if (refusal.isPresent()) {
      return refused(number, refusal.get());
    }
    var rolledBack = connection.rolledBack();
    if (connection.end()) {
      return unproven(
          "before COMMIT: no end within %,d ms, in step %d"
              .formatted(sale.timeout().toMillis(), number + 1));
    }
    if (!rolledBack) {
      return unproven("before COMMIT: " + words);
    }
    return problem.kind() == SqlProblem.Event.CONFLICT
        ? Ended.faster(words)
        : Ended.of(new Outcome.Failed(words));
  }

  private Optional<Otherwise> refusal(SqlProblem problem, int number) {
    return number >= sale.steps().size()
        ? Optional.empty()
        : refusal(problem, sale.steps().get(number).described());
  }

  private static Optional<Otherwise> refusal(SqlProblem problem, SqlStep step) {
    return switch (problem.kind()) {
      case UNIQUE -> step.onUnique();
      case CHECK -> step.onCheck();
      default -> Optional.empty();
    };
  }

  private Ended committed() {
    try {
      connection.commit();
    } catch (SQLException | RuntimeException | AssertionError e) {
      return uncommitted(sale.address().problem(e));
    }
    var _ = connection.end();
    return Ended.of(sold());
  }

  /** After COMMIT was sent. */
  private Ended uncommitted(SqlProblem problem) {
    var words = "COMMIT: " + problem.words();
    if (problem.undoesCommit() && connection.rolledBack() && !connection.end()) {
      var refusal =
          sale.steps().stream()
              .flatMap(step -> refusal(problem, step.described()).stream())
              .findFirst();
      if (refusal.isPresent()) {
        return refused(sale.steps().size() - 1, refusal.get());
      }
      return problem.kind() == SqlProblem.Event.CONFLICT
          ? Ended.faster(words)
          : Ended.of(new Outcome.Failed(words));
    }
    var late = connection.end();
    connection.setBroken();
    return Ended.of(
        new Outcome.Indeterminate(
            late
                ? "no answer to COMMIT within %,d ms".formatted(sale.timeout().toMillis())
                : words));
  }

  private Outcome sold() {
    return sale.sold(kept);
  }
}
