package io.github.ticketsim.ledger.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Where records are kept: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}, the
 * latter with the driver's parameters, and either with {@code run=ID} to name one run.
 */
public final class RecordsUrl {

  /** How every such address begins. */
  public static final String SCHEME = "jdbc:";

  private static final String SQLITE = "jdbc:sqlite:";

  private static final String HOST = "([^/:,@]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?";

  /** Stricter than the driver, whose own messages are no help. */
  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql:(//HOST(,HOST)*/)?[^/]+".replace("HOST", HOST));

  private static final String RUN = "run=";

  private static final int MOST_CHARACTERS = 300;

  /** For connecting, for each statement of a service, and for each record of an attempt. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** For a statement over all attempts of a run, for which no purchase waits. */
  static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);

  /** For a statement over all rows of all runs, which brings tables up to date once. */
  static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(30);

  /** What a connection is for. */
  enum Access {
    /** To write, also into an embedded database that is still to be made. */
    CREATE,
    /** To write; an embedded database that is gone must not come back empty. */
    WRITE,
    /** To read alone, with no right to anything else. */
    READ
  }

  private final String url;
  private final Optional<Path> file;
  private final Optional<UUID> run;

  private RecordsUrl(String url, Optional<Path> file, Optional<UUID> run) {
    this.url = url;
    this.file = file;
    this.run = run;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none, saying why, without repeating its parameters
   */
  public static RecordsUrl parse(String text) {
    var question = text.indexOf('?');
    var base = question < 0 ? text : text.substring(0, question);
    var parameters = new StringBuilder();
    Optional<UUID> run = Optional.empty();
    for (var parameter : question < 0 ? new String[0] : text.substring(question + 1).split("&")) {
      if (parameter.startsWith(RUN)) {
        run = Optional.of(run(parameter.substring(RUN.length())));
      } else {
        parameters.append(parameters.isEmpty() ? '?' : '&').append(parameter);
      }
    }
    if (base.startsWith(SQLITE)) {
      if (!parameters.isEmpty()) {
        throw new IllegalArgumentException("SQLite takes no parameter but run=ID");
      }
      return new RecordsUrl(base, Optional.of(file(base.substring(SQLITE.length()))), run);
    }
    if (POSTGRESQL.matcher(base).matches()) {
      return new RecordsUrl(base + parameters, Optional.empty(), run);
    }
    throw new IllegalArgumentException(
        "expected jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE?user=NAME");
  }

  private static UUID run(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("run: '%s' is no id of a run".formatted(text), e);
    }
  }

  private static Path file(String name) {
    if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:")) {
      throw new IllegalArgumentException(
          "jdbc:sqlite:%s names no file, and what is not in a file does not survive"
              .formatted(name));
    }
    try {
      return Path.of(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'%s' is no name of a file".formatted(name), e);
    }
  }

  /** The run that is asked for. */
  public Optional<UUID> run() {
    return run;
  }

  /** False if it names a file that does not exist. */
  public boolean exists() {
    return file.map(Files::exists).orElse(true);
  }

  /** The file of an embedded database. */
  Optional<Path> file() {
    return file;
  }

  /** The address without anything secret: no parameters. */
  public String label() {
    var question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }

  /**
   * Connects, with transactions that are on the disk once they are committed. One that only reads
   * sees the database as it was at one moment, as SQLite always does.
   *
   * @param timeout for each statement
   */
  Connection connect(Access access, Duration timeout) throws SQLException {
    var connection = source(access, timeout).getConnection();
    if (file.isPresent()) {
      return connection;
    }
    try (var statement = connection.createStatement()) {
      // Each of our queries has its index. A plan that was made while the table was small must not
      // read all of it once it is not: a plan is kept until the table's statistics are made anew.
      statement.execute("SET enable_seqscan = off");
      switch (access) {
        case READ -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        case CREATE, WRITE -> statement.execute("SET synchronous_commit = on");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Connections to the same place for one that must open its own. */
  DataSource source(Access access, Duration timeout) {
    return file.isPresent() ? sqlite(access, timeout) : postgresql(access, timeout);
  }

  private SQLiteDataSource sqlite(Access access, Duration timeout) {
    var config = new SQLiteConfig();
    switch (access) {
      case CREATE -> durable(config);
      case WRITE -> {
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        durable(config);
      }
      case READ -> config.setReadOnly(true);
    }
    config.setBusyTimeout(Math.toIntExact(timeout.toMillis()));
    var source = new SQLiteDataSource(config);
    source.setUrl(access == Access.READ ? readingUrl(Files::isWritable) : url);
    return source;
  }

  /**
   * How an embedded database is read.
   *
   * @param writable whether we may make files in a folder
   */
  String readingUrl(Predicate<Path> writable) {
    return isStill(writable) ? SQLITE + still() : url;
  }

  /**
   * Whether an embedded database is certain to stay as it is: no process has it open for writing,
   * and this one may not write. SQLite would want to make files beside it.
   */
  private boolean isStill(Predicate<Path> writable) {
    return file.filter(name -> !Files.exists(name.resolveSibling(name.getFileName() + "-wal")))
        .map(Path::getParent)
        .filter(Predicate.not(writable))
        .isPresent();
  }

  /** See <a href="https://www.sqlite.org/uri.html">sqlite.org/uri.html</a>. */
  private String still() {
    return file.orElseThrow().toUri() + "?immutable=1";
  }

  private static void durable(SQLiteConfig config) {
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
  }

  private PGSimpleDataSource postgresql(Access access, Duration timeout) {
    var source = new PGSimpleDataSource();
    source.setConnectTimeout(Math.toIntExact(TIMEOUT.toSeconds()));
    source.setLoginTimeout(Math.toIntExact(TIMEOUT.toSeconds()));
    source.setSocketTimeout(Math.toIntExact(timeout.toSeconds()));
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    source.setApplicationName("ticket-sim");
    source.setReadOnly(access == Access.READ);
    // Last: what the address says goes before all that.
    source.setUrl(url);
    return source;
  }

  /**
   * How the database spells what is not the same in both: {@code identity}, a primary key that
   * numbers rows by itself, and {@code clustered}, a table that is its primary key's index.
   */
  Map<String, String> dialect() {
    return file.isPresent()
        ? Map.of("identity", "integer PRIMARY KEY AUTOINCREMENT", "clustered", "WITHOUT ROWID")
        : Map.of("identity", "bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY", "clustered", "");
  }

  /** What tells the file of an embedded database from another one of its name. */
  Optional<Object> identity() {
    try {
      return file.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(
              Files.readAttributes(file.get(), BasicFileAttributes.class).fileKey());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /**
   * What is wrong, in short and without secrets. The message of a batch that fails repeats the
   * statement with all its values, and a server may repeat the row; both may be of other buyers.
   */
  static String oneLine(Throwable problem) {
    var first =
        problem instanceof BatchUpdateException batch && batch.getNextException() != null
            ? batch.getNextException()
            : problem;
    var words =
        first instanceof PSQLException server && server.getServerErrorMessage() != null
            ? server.getServerErrorMessage().getMessage()
            : first.getMessage();
    var line = String.valueOf(words).strip().replaceAll("\\s+", " ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }
}
