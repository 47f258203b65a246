package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.SaleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The strategies that can be chosen for a database, sound ones first. Each is a sale file beside
 * this class, which makes tables of its own.
 */
public enum SqlStrategy {
  /** One statement that takes a ticket if one is left. */
  CONDITIONAL("sql-conditional", true),
  /** A lock on the row, from reading it to writing it. */
  FOR_UPDATE("sql-for-update", true, "SQLite has no `for update`"),
  /** Optimistic locking by a version column, again if it has changed. */
  VERSION("sql-version", true),
  /** Read, then write, isolated by the database, again if that rolls back. */
  SERIALIZABLE("sql-serializable", true),
  /** Reads, then writes what it read less one: a lost update. */
  READ_THEN_WRITE(
      "sql-read-then-write",
      false,
      "every transaction of SQLite is serializable, so it is sound there"),
  /** Relies on a check constraint that is not there. */
  NO_CHECK("sql-no-check", false);

  private final String wireName;
  private final boolean sound;
  private final Optional<String> notOnSqlite;

  SqlStrategy(String wireName, boolean sound) {
    this.wireName = wireName;
    this.sound = sound;
    this.notOnSqlite = Optional.empty();
  }

  SqlStrategy(String wireName, boolean sound, String notOnSqlite) {
    this.wireName = wireName;
    this.sound = sound;
    this.notOnSqlite = Optional.of(notOnSqlite);
  }

  /** The strategy that users call {@code name}; empty if none is called so. */
  public static Optional<SqlStrategy> find(String name) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.wireName.equalsIgnoreCase(name))
        .findFirst();
  }

  /** The names of those that are so, with commas between. */
  public static String names(Predicate<SqlStrategy> so) {
    return Arrays.stream(values())
        .filter(so)
        .map(SqlStrategy::wireName)
        .collect(Collectors.joining(", "));
  }

  /** The name by which users choose it and histories know it. */
  public String wireName() {
    return wireName;
  }

  /** Whether it must sell soundly; the others are broken on purpose. */
  public boolean sound() {
    return sound;
  }

  /** Why it makes no sense there; empty if it does. */
  public Optional<String> refusal(SqlAddress address) {
    return address.dialect() == SqlDialect.SQLITE ? notOnSqlite : Optional.empty();
  }

  /** How it sells. */
  public Sale sale() {
    var name = wireName + ".yaml";
    try (var in = Objects.requireNonNull(SqlStrategy.class.getResourceAsStream(name), name)) {
      return SaleFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return wireName;
  }
}
