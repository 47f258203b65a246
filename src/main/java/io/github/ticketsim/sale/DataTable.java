package io.github.ticketsim.sale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** A CSV file whose first line names columns, with a row for each customer. */
public final class DataTable {
  /** No storm has more customers. */
  private static final int MOST_ROWS = 1_000_000;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final Map<String, List<String>> columns;
  private final int rows;

  private DataTable(Path file, Map<String, List<String>> columns, int rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads {@code file}.
   *
   * @throws SaleException if it cannot be read, or is no such file
   */
  public static DataTable read(Path file) {
    var format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        var parser = format.parse(reader)) {
      return read(file, parser);
    } catch (NoSuchFileException _) {
      throw new SaleException(file + ": there is no such file; check data");
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new SaleException(
          file + ": cannot be read as CSV: " + OneLine.clip(String.valueOf(e.getMessage())));
    }
  }

  private static DataTable read(Path file, CSVParser parser) {
    var names = parser.getHeaderNames();
    var columns = new LinkedHashMap<String, List<String>>();
    names.forEach(name -> columns.put(name.replace(BYTE_ORDER_MARK, ""), new ArrayList<>()));
    var rows = 0;
    for (var line : parser) {
      if (line.size() != names.size() || rows == MOST_ROWS) {
        throw new SaleException(
            "%s:%d: %s"
                .formatted(
                    file,
                    parser.getCurrentLineNumber(),
                    rows == MOST_ROWS
                        ? "more than " + MOST_ROWS + " rows"
                        : "%d values, and the first line names %d columns"
                            .formatted(line.size(), names.size())));
      }
      var at = 0;
      for (var column : columns.values()) {
        column.add(line.get(at++));
      }
      rows++;
    }
    return new DataTable(file, columns, rows);
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Its columns as values of templates: {@code data.name}. */
  public Map<String, List<String>> values() {
    var values = new LinkedHashMap<String, List<String>>();
    columns.forEach((name, column) -> values.put("data." + name, column));
    return values;
  }

  /**
   * One column.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public List<String> column(String name) {
    var column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "%s has no column '%s', its columns are %s"
              .formatted(file, name, String.join(", ", columns.keySet())));
    }
    return column;
  }

  /**
   * Makes sure that each customer has a row.
   *
   * @throws SaleException if there are fewer
   */
  public void requireRows(int customers) {
    if (rows < customers) {
      throw new SaleException(
          "%s: %d rows for %d customers, expected at least as many; add rows, or lower customers"
              .formatted(file, rows, customers));
    }
  }
}
