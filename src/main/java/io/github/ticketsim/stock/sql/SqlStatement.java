package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.SqlSteps.SqlText;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement with what is bound to it.
 *
 * @param where it stands: file, line and key
 */
record SqlStatement(String where, String text, List<SqlParameter> parameters) {

  /**
   * @param known names of values that it may have beside those that are kept
   * @param kept names that earlier steps keep
   * @throws IllegalArgumentException if it has others; the message says where
   */
  static SqlStatement of(
      SqlText described, Values values, Collection<String> known, Collection<String> kept) {
    try {
      return new SqlStatement(
          described.where(),
          described.text(),
          described.values().stream()
              .map(template -> SqlParameter.of(template, values, known, kept))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(described.where() + ": " + e.getMessage(), e);
    }
  }

  /** Whether nothing in it differs from buyer to buyer. */
  boolean sameForAllBuyers() {
    return parameters.stream().allMatch(SqlParameter::sameForAllBuyers);
  }

  /** What is bound, in its order. */
  List<@Nullable Object> values(PurchaseRequest purchase, Map<String, @Nullable Object> kept) {
    var values = new ArrayList<@Nullable Object>(parameters.size());
    for (var parameter : parameters) {
      values.add(parameter.of(purchase, kept));
    }
    return values;
  }

  static void bind(PreparedStatement statement, SqlDialect dialect, List<@Nullable Object> values)
      throws SQLException {
    for (var i = 0; i < values.size(); i++) {
      dialect.bind(statement, i + 1, values.get(i));
    }
  }
}
