package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What only storms of sales have, as rows of tables: particulars of attempts, items and orders.
 * Their texts tell one from another, so each is read again as it was.
 */
final class SaleRows {
  private static final String COLUMNS = ", customer, item, quantity, purchase_key, shop_order";
  private static final int FIRST_COLUMN = 14;

  static final String INSERT = Rows.insert(Rows.COLUMNS + COLUMNS);

  /** All attempts of a run, in the order of recording. */
  static final String ATTEMPTS =
      "SELECT "
          + Rows.COLUMNS
          + COLUMNS
          + " FROM ticket_attempt WHERE run = ? AND place > 0 ORDER BY place";

  private static final String INSERT_ORDER =
      "INSERT INTO ticket_order (run, place, id, customer, item, quantity)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private SaleRows() {}

  /** Binds what {@link #INSERT} has beyond {@link Rows#INSERT}. */
  static void bind(PreparedStatement insert, Particulars particulars) throws SQLException {
    bindName(insert, FIRST_COLUMN, particulars.customer());
    bindName(insert, FIRST_COLUMN + 1, particulars.item());
    insert.setLong(FIRST_COLUMN + 2, particulars.quantity());
    bindName(insert, FIRST_COLUMN + 3, particulars.key());
    bindName(insert, FIRST_COLUMN + 4, particulars.order());
  }

  static Attempt attempt(ResultSet row) throws SQLException {
    return Rows.attempt(row)
        .with(
            new Particulars(
                text(row, "customer"),
                text(row, "item"),
                (int) Rows.number(row, "quantity").orElse(1),
                text(row, "purchase_key"),
                text(row, "shop_order")));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(StorableName::read);
  }

  private static void bindName(PreparedStatement insert, int index, Optional<String> name)
      throws SQLException {
    Rows.bind(insert, index, name.map(StorableName::of));
  }

  /** Inserts the items of a run, and what was left of each. */
  static void insertItems(Connection to, long run, Run.Terms terms, Ending ending)
      throws SQLException {
    var names = new LinkedHashSet<>(terms.items().sequencedKeySet());
    names.addAll(ending.leftByItem().keySet());
    try (var insert =
        to.prepareStatement(
            "INSERT INTO ticket_item (run, place, name, stock, counter_left)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      var place = 0;
      for (var name : names) {
        insert.setLong(1, run);
        insert.setLong(2, ++place);
        bindName(insert, 3, Optional.of(name));
        Rows.bind(insert, 4, optional(terms.items().get(name)));
        Rows.bind(insert, 5, optional(ending.leftByItem().get(name)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static OptionalLong optional(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** What a run has by item: {@code stock}, or {@code counter_left}. */
  static SequencedMap<String, Long> byItem(Connection in, long run, String column)
      throws SQLException {
    var numbers = new LinkedHashMap<String, Long>();
    try (var select =
        in.prepareStatement("SELECT * FROM ticket_item WHERE run = ? ORDER BY place")) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          var name = StorableName.read(row.getString("name"));
          Rows.number(row, column).ifPresent(number -> numbers.put(name, number));
        }
      }
    }
    return numbers;
  }

  /** Inserts orders {@code from} up to and without {@code end}, unless they are there. */
  static void insertOrders(Connection to, long run, List<Order> orders, int from, int end)
      throws SQLException {
    if (holdsOrder(to, run, end)) {
      return;
    }
    try (var insert = to.prepareStatement(INSERT_ORDER)) {
      for (var i = from; i < end; i++) {
        var order = orders.get(i);
        insert.setLong(1, run);
        insert.setLong(2, i + 1L);
        bindName(insert, 3, Optional.of(order.id()));
        bindName(insert, 4, order.customer());
        bindName(insert, 5, order.item());
        Rows.bind(
            insert,
            6,
            order.quantity().isPresent()
                ? OptionalLong.of(order.quantity().getAsInt())
                : OptionalLong.empty());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static boolean holdsOrder(Connection in, long run, long place) throws SQLException {
    try (var select =
        in.prepareStatement("SELECT id FROM ticket_order WHERE run = ? AND place = ?")) {
      select.setLong(1, run);
      select.setLong(2, place);
      try (var row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static List<Order> orders(Connection in, long run, int fetch) throws SQLException {
    var orders = new ArrayList<Order>();
    try (var select =
        in.prepareStatement("SELECT * FROM ticket_order WHERE run = ? ORDER BY place")) {
      select.setFetchSize(fetch);
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          var quantity = Rows.number(row, "quantity");
          orders.add(
              new Order(
                  StorableName.read(row.getString("id")),
                  text(row, "customer"),
                  text(row, "item"),
                  quantity.isPresent()
                      ? OptionalInt.of((int) quantity.getAsLong())
                      : OptionalInt.empty()));
        }
      }
    }
    return List.copyOf(orders);
  }
}
