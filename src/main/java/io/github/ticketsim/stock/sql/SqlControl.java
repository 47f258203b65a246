package io.github.ticketsim.stock.sql;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/** A connection beside those that buy, for what is asked before and after the storm. */
public final class SqlControl implements AutoCloseable {
  private static final int FETCH_ROWS = 1_000;

  private final SqlSale sale;
  private final Connection connection;

  private SqlControl(SqlSale sale, Connection connection) {
    this.sale = sale;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @throws StockUnavailableException if the database cannot be reached
   */
  public static SqlControl connect(SqlSale sale) {
    try {
      return new SqlControl(sale, sale.address().connect(sale.timeout()));
    } catch (SQLException e) {
      throw sale.address().unavailable(e);
    }
  }

  /** The product and its version. */
  public String server() {
    try {
      var data = connection.getMetaData();
      return OneLine.clip(
          data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(), 60);
    } catch (SQLException e) {
      throw sale.address().unavailable(e);
    }
  }

  /** Executes the setup; a statement that names the item once for each. */
  public void setUp() {
    for (var statement : sale.setup()) {
      var times = statement.sameForAllBuyers() ? 1 : sale.items().size();
      for (var item = 0; item < times; item++) {
        var one = item;
        asked(statement, "correct setup", () -> execute(statement, one));
      }
    }
  }

  private boolean execute(SqlStatement statement, int item) throws SQLException {
    try (var prepared = prepared(statement, item)) {
      return prepared.execute();
    }
  }

  private PreparedStatement prepared(SqlStatement statement, int item) throws SQLException {
    var prepared = connection.prepareStatement(statement.text());
    SqlStatement.bind(
        prepared,
        sale.address().dialect(),
        statement.values(PurchaseRequest.of(0, item), Map.of()));
    return prepared;
  }

  /** Something that is asked. */
  @FunctionalInterface
  private interface Inquired<T> {
    T ask() throws SQLException;
  }

  /**
   * @throws SaleException if the statement is no SQL
   * @throws StockUnavailableException if the database refuses it
   */
  private <T> T asked(SqlStatement statement, String cure, Inquired<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      var problem = sale.address().problem(e);
      if (problem.kind() == SqlProblem.Event.SYNTAX) {
        throw new SaleException(
            "%s: %s; correct the statement".formatted(statement.where(), problem.words()));
      }
      throw new StockUnavailableException(statement.where(), problem.words(), cure);
    }
  }

  /**
   * Lets the database look at what buys, without executing it.
   *
   * @throws SaleException if a statement is no SQL, or gives no column that is to be kept
   * @throws StockUnavailableException if the database refuses a statement
   */
  public void check() {
    for (var step : sale.steps()) {
      var statement = step.statement();
      var columns =
          asked(
              statement,
              "correct the statement, or let setup make what it needs",
              () -> columns(statement));
      for (var column : step.described().keep().values()) {
        if (columns.isPresent() && !columns.get().contains(column.toLowerCase(Locale.ROOT))) {
          throw new SaleException(
              "%s: keep wants column %s, and the statement gives %s; name it with `as %s`"
                  .formatted(
                      statement.where(),
                      column,
                      columns.get().isEmpty() ? "none" : String.join(", ", columns.get()),
                      column));
        }
      }
    }
  }

  /** The labels of the columns it gives, in lower case; empty if the driver does not know. */
  private Optional<Set<String>> columns(SqlStatement statement) throws SQLException {
    try (var prepared = connection.prepareStatement(statement.text())) {
      return sale.address().dialect().columns(prepared);
    }
  }

  /**
   * What is left of each item.
   *
   * @throws StockUnavailableException if the database does not say
   */
  public SequencedMap<String, Long> leftByItem() {
    var statement = sale.left().orElseThrow();
    var tickets = new LinkedHashMap<String, Long>();
    for (var item = 0; item < sale.items().size(); item++) {
      var one = item;
      var name = sale.items().get(item);
      tickets.put(name, asked(statement, "check left", () -> left(statement, one)));
    }
    return tickets;
  }

  private long left(SqlStatement statement, int item) throws SQLException {
    try (var prepared = prepared(statement, item);
        var row = prepared.executeQuery()) {
      if (!row.next()) {
        throw wrong(statement, "gives no row", "check left, or let setup fill the stock");
      }
      var text = row.getString(1);
      if (row.next()) {
        throw wrong(statement, "gives several rows", "let it give one");
      }
      try {
        return new BigDecimal(String.valueOf(text)).longValueExact();
      } catch (NumberFormatException | ArithmeticException _) {
        throw wrong(
            statement,
            "gives '%s', no whole number".formatted(OneLine.clip(String.valueOf(text), 40)),
            "check left");
      }
    }
  }

  private static StockUnavailableException wrong(
      SqlStatement statement, String problem, String cure) {
    return new StockUnavailableException(statement.where(), problem, cure);
  }

  /**
   * What the shop believes to have sold; empty if it is not asked.
   *
   * @throws StockUnavailableException if the database does not say
   */
  Optional<List<Order>> orders() {
    return sale.orders()
        .map(statement -> asked(statement, "check orders", () -> orders(statement)));
  }

  private List<Order> orders(SqlStatement statement) throws SQLException {
    try (var prepared = prepared(statement, 0)) {
      prepared.setFetchSize(FETCH_ROWS);
      try (var row = prepared.executeQuery()) {
        var columns = SqlDialect.labels(row.getMetaData());
        if (!columns.contains("id")) {
          throw wrong(statement, "gives no column id", "name one with `as id`");
        }
        var orders = new ArrayList<Order>();
        while (row.next()) {
          orders.add(order(statement, row, columns));
        }
        return orders;
      }
    }
  }

  private static Order order(SqlStatement statement, ResultSet row, Set<String> columns)
      throws SQLException {
    return new Order(
        text(statement, row, "id"),
        columns.contains("customer")
            ? Optional.of(text(statement, row, "customer"))
            : Optional.empty(),
        columns.contains("item") ? Optional.of(text(statement, row, "item")) : Optional.empty(),
        columns.contains("quantity")
            ? OptionalInt.of(row.getInt("quantity"))
            : OptionalInt.empty());
  }

  private static String text(SqlStatement statement, ResultSet row, String column)
      throws SQLException {
    var text = row.getString(column);
    if (text == null || text.isEmpty()) {
      throw wrong(statement, "gives an order without " + column, "check orders");
    }
    return text;
  }

  /** What the shop says now, as far as it is asked. */
  public ShopAccount account() {
    try {
      return new ShopAccount(
          sale.tellsLeft() ? leftByItem() : Collections.emptySortedMap(),
          orders(),
          Optional.empty());
    } catch (StockUnavailableException | SaleException e) {
      return ShopAccount.unread(String.valueOf(e.getMessage()));
    }
  }

  /** How many connections of that name the server shows; empty if it shows none at all. */
  OptionalLong connectionsNamed(String name) throws SQLException {
    return sale.address().dialect().connectionsNamed(connection, name);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // It is of no more use, however it ends.
    }
  }
}
