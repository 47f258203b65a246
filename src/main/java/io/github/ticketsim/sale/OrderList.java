package io.github.ticketsim.sale;

import io.github.ticketsim.ledger.Order;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;

/** What a shop says that it sold: a JSON array, lines of JSON, or CSV whose first line is names. */
public final class OrderList {
  private static final String CSV = "text/csv";

  private OrderList() {}

  /**
   * Reads {@code body}.
   *
   * @param type its content type; it is CSV if that says so, or if it does not begin as JSON does
   * @throws IOException if it cannot be read, or an order lacks what it should carry
   */
  public static List<Order> read(byte[] body, String type, OrderFields fields) throws IOException {
    var rows = type.startsWith(CSV) || !beginsAsJson(body) ? csv(body, fields) : json(body, fields);
    var orders = new ArrayList<Order>(rows.size());
    for (var row : rows) {
      orders.add(order(row, orders.size() + 1, fields));
    }
    return orders;
  }

  private static boolean beginsAsJson(byte[] body) {
    for (var b : body) {
      if (b > ' ' || b < 0) {
        return b == '[' || b == '{';
      }
    }
    return true;
  }

  private static List<Map<String, String>> json(byte[] body, OrderFields fields)
      throws IOException {
    var rows = new ArrayList<Map<String, String>>();
    if (!JsonValues.each(body, fields.each().orElse(""), rows::add) && fields.each().isPresent()) {
      throw new IOException("has no array at " + fields.each().get());
    }
    return rows;
  }

  private static List<Map<String, String>> csv(byte[] body, OrderFields fields) throws IOException {
    var format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (var parser = format.parse(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
      var rows = new ArrayList<Map<String, String>>();
      for (var line : parser) {
        var row = new HashMap<String, String>();
        fields
            .all()
            .forEach(
                field -> {
                  var column = field.startsWith("/") ? field.substring(1) : field;
                  if (line.isSet(column)) {
                    row.put(field, line.get(column));
                  }
                });
        rows.add(row);
      }
      return rows;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException("is no CSV with a line of names: " + e.getMessage(), e);
    }
  }

  private static Order order(Map<String, String> row, int number, OrderFields fields)
      throws IOException {
    var quantity = OptionalInt.empty();
    if (fields.quantity().isPresent()) {
      quantity = OptionalInt.of(quantity(field(row, number, fields.quantity().get()), number));
    }
    return new Order(
        field(row, number, fields.order()),
        optional(row, number, fields.customer()),
        optional(row, number, fields.item()),
        quantity);
  }

  private static Optional<String> optional(
      Map<String, String> row, int number, Optional<String> field) throws IOException {
    return field.isPresent() ? Optional.of(field(row, number, field.get())) : Optional.empty();
  }

  private static String field(Map<String, String> row, int number, String field)
      throws IOException {
    var value = row.get(field);
    if (value == null || value.isEmpty()) {
      throw new IOException("order %d has nothing at %s".formatted(number, field));
    }
    return value;
  }

  private static int quantity(String text, int number) throws IOException {
    try {
      var quantity = Integer.parseInt(text);
      if (quantity > 0) {
        return quantity;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IOException(
        "order %d has quantity %s, expected a whole number from 1 up"
            .formatted(number, OneLine.clip(text, 20)));
  }
}
