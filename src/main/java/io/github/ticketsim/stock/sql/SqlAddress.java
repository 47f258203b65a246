package io.github.ticketsim.stock.sql;

import io.github.ticketsim.stock.StockUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.sqlite.SQLiteConfig;

/** Where a database is: a URL of JDBC. What is secret in it is neither shown nor kept elsewhere. */
public final class SqlAddress {
  private static final String SCHEME = "jdbc:";
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String HOST = "([^/:,@?]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?";

  /** Stricter than the driver, which logs what it does not like. */
  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "(?si)jdbc:postgresql:(//HOST(,HOST)*/)?[^/?]*(\\?.*)?".replace("HOST", HOST));

  private final String url;
  private final SqlDialect dialect;
  private final Properties login;

  private SqlAddress(String url, SqlDialect dialect, Properties login) {
    this.url = url;
    this.dialect = dialect;
    this.login = login;
  }

  /** Whether {@code url} is meant to be a database. */
  public static boolean isMeant(String url) {
    return url.regionMatches(/* ignoreCase= */ true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * Reads an address.
   *
   * @param environment PGUSER and PGPASSWORD of it are for a PostgreSQL whose URL names none
   * @throws IllegalArgumentException if no driver takes it; does not repeat its parameters
   */
  public static SqlAddress parse(String url, Map<String, String> environment) {
    var dialect = SqlDialect.of(url);
    var login = new Properties();
    var fits =
        switch (dialect) {
          case POSTGRESQL -> {
            put(login, "user", environment.get("PGUSER"));
            put(login, "password", environment.get("PGPASSWORD"));
            yield POSTGRESQL.matcher(url).matches();
          }
          case SQLITE -> url.length() > SQLITE.length() && url.charAt(SQLITE.length()) != ':';
          case OTHER -> hasDriver(url);
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "'%s' %s"
              .formatted(
                  label(url),
                  dialect == SqlDialect.OTHER
                      ? "is for none of the JDBC drivers on the class path; add the jar of its"
                          + " driver"
                      : "is no address; write it like jdbc:postgresql://HOST/DATABASE?user=NAME or"
                          + " jdbc:sqlite:FILE"));
    }
    return new SqlAddress(url, dialect, login);
  }

  private static void put(Properties login, String key, @Nullable String value) {
    if (value != null) {
      login.setProperty(key, value);
    }
  }

  private static boolean hasDriver(String url) {
    try {
      return DriverManager.getDriver(url) != null;
    } catch (SQLException _) {
      return false;
    }
  }

  SqlDialect dialect() {
    return dialect;
  }

  /** The address without anything secret: no parameters, and no login. */
  public String label() {
    return label(url);
  }

  private static String label(String url) {
    return url.replaceFirst("(?s)[?;].*", "").replaceFirst("(//|:)[^/@]*(/[^/@]*)?@", "$1***@");
  }

  /**
   * Connects.
   *
   * @param timeout for connecting, and for each answer unless the caller sees to that
   */
  Connection connect(Duration timeout) throws SQLException {
    return switch (dialect) {
      case POSTGRESQL -> postgresql(timeout);
      case SQLITE -> {
        var config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(Math.min(Integer.MAX_VALUE, timeout.toMillis())));
        yield config.createConnection(url);
      }
      case OTHER -> DriverManager.getConnection(url);
    };
  }

  private Connection postgresql(Duration timeout) throws SQLException {
    var properties = new Properties();
    properties.putAll(login);
    var seconds = Long.toString(timeout.plusMillis(999).toSeconds());
    properties.setProperty("connectTimeout", seconds);
    // Longer than a purchase may take, whose end the watchdog sees to.
    properties.setProperty("socketTimeout", Long.toString(timeout.toSeconds() + 2));
    properties.setProperty("tcpKeepAlive", "true");
    // What the URL says goes before all that.
    var connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not take this address");
    }
    return connection;
  }

  /** Why it cannot be sold there, and what to do. */
  StockUnavailableException unavailable(SQLException e) {
    var problem = problem(e);
    return new StockUnavailableException(
        label(),
        problem.words(),
        switch (problem.kind()) {
          case TOO_MANY_CONNECTIONS ->
              "lower --pool, or let the server have more connections (max_connections)";
          case NOT_LET_IN ->
              "check user, password and database of --target, or pass the password in PGPASSWORD";
          case NOT_READY -> "wait until it is up";
          default -> "see that the database is there and lets you in";
        });
  }

  /** What the database said, without secrets. */
  SqlProblem problem(Throwable thrown) {
    var said = SqlProblem.of(dialect, thrown);
    return new SqlProblem(said.kind(), said.undoesCommit(), withoutSecrets(said.words()));
  }

  /** The same text without the address as it is, and without a password. */
  String withoutSecrets(String text) {
    return text.replace(url, label()).replaceAll("(?i)(password=)[^&;\\s]*", "$1***");
  }
}
