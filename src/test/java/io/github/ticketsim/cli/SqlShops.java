package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Storms on shops that are databases, of either kind.
 *
 * @param postgres on which each test has a database of its own
 * @param folder for files and runs
 */
record SqlShops(EmbeddedPostgres postgres, Path folder) {
  static final Path SALES = Path.of("src/test/resources/sales/sql");

  /** The databases that sales are tried on. */
  enum Kind {
    POSTGRESQL,
    SQLITE
  }

  /** The address of a new, empty database. */
  String database(Kind kind) throws SQLException {
    return switch (kind) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("shop.db");
      case POSTGRESQL -> {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(postgres.getJdbcUrl("postgres", "postgres"), "create database " + name);
        yield postgres.getJdbcUrl("postgres", name);
      }
    };
  }

  /** The same with the tables of the example in the manual. */
  String shop(Kind kind) throws SQLException {
    var url = database(kind);
    execute(
        url,
        "create table tickets (id integer primary key, stock integer not null)",
        "insert into tickets values (1, 0)",
        "create table orders (id %s primary key, customer integer not null unique)"
            .formatted(kind == Kind.SQLITE ? "text" : "uuid"));
    return url;
  }

  static void execute(String url, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The example of the manual. */
  static String example() throws IOException {
    return Files.readString(SALES.resolve("tickets.yaml"));
  }

  CommandRun storm(String url, String sale, String... options) throws IOException {
    Files.writeString(folder.resolve("sale.yaml"), sale);
    var arguments = new ArrayList<>(List.of("storm", "--sale=" + folder.resolve("sale.yaml")));
    arguments.addAll(List.of("--target=" + url, "--out=" + folder.resolve("runs")));
    if (Stream.of(options).noneMatch(option -> option.startsWith("--timeout"))) {
      arguments.add("--timeout=20s");
    }
    if (Stream.of(options).noneMatch(option -> option.startsWith("--pool"))) {
      arguments.add("--pool=8");
    }
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  History history() {
    return Storms.latest(folder.resolve("runs"));
  }
}
