package io.github.ticketsim.sale;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a sale file says of a shop that is a database.
 *
 * @param setup statements that are executed once ahead of the storm, each in its own transaction
 * @param purchase what buys
 * @param left asked before and after the storm
 * @param orders asked once after the storm
 */
public record SqlSteps(
    List<SqlText> setup,
    Optional<SqlPurchase> purchase,
    Optional<SqlText> left,
    Optional<SqlText> orders) {

  /** How far transactions are kept apart. */
  public enum Isolation {
    /** See the SQL standard, as the others. */
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    /** The words for it in a file. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What a purchase comes to whose transaction is rolled back. */
  public enum Otherwise {
    /** It was sold before, and this is the same purchase again. */
    SOLD,
    SOLD_OUT,
    LIMITED,
    FAILED,
    /** Another buyer was faster; the transaction is begun again. */
    AGAIN;

    /** The word for it in a file. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One statement.
   *
   * @param where it stands: file, line and key
   * @param text with a question mark for each value
   * @param values that are bound, in their order
   */
  public record SqlText(String where, String text, List<Template> values) {
    /** Copies {@code values}. */
    public SqlText {
      values = List.copyOf(values);
    }
  }

  /**
   * What a step must give, or else its transaction is rolled back.
   *
   * @param rows that the statement finds or changes
   * @param otherwise what it means if they are more or fewer
   */
  public record Wanted(long rows, Otherwise otherwise) {}

  /**
   * A step of the transaction that buys.
   *
   * @param wanted empty if any number of rows will do
   * @param onUnique what it means that a unique constraint is violated; empty if nothing is said
   * @param onCheck the same of a check constraint
   * @param keep values that later steps know, by name the label of a column
   */
  public record SqlStep(
      SqlText statement,
      Optional<Wanted> wanted,
      Optional<Otherwise> onUnique,
      Optional<Otherwise> onCheck,
      Map<String, String> keep) {
    /** Copies {@code keep}. */
    public SqlStep {
      keep = Map.copyOf(keep);
    }
  }

  /**
   * The transaction that buys.
   *
   * @param isolation empty for what the database does by itself
   * @param tries how often it is begun at most, while the database proves that it was rolled back
   *     because another buyer was faster
   */
  public record SqlPurchase(Optional<Isolation> isolation, int tries, List<SqlStep> steps) {
    /** Copies {@code steps}. */
    public SqlPurchase {
      steps = List.copyOf(steps);
    }
  }

  /** Copies {@code setup}. */
  public SqlSteps {
    setup = List.copyOf(setup);
  }

  /** How many tickets are set up is among the values. */
  public Optional<SqlText> setsStock() {
    return setup.stream()
        .filter(text -> text.values().stream().anyMatch(one -> one.names().contains(Values.STOCK)))
        .findFirst();
  }
}
