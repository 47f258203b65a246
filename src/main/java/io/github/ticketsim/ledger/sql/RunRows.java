package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Runs, their faults and their endings as rows of tables. */
final class RunRows {

  /** Which command wrote a run. */
  enum Source {
    SERVE,
    STORM
  }

  /**
   * A run as it is kept, without what {@link SaleRows} keep of its items.
   *
   * @param number what its rows refer to
   * @param ending empty if it has not ended
   */
  record Kept(long number, Run run, Optional<Ending> ending) {}

  private static final String INSERT =
      "INSERT INTO ticket_run (run, kind, started_ms, strategy, broken_on_purpose, model,"
          + " stock_key, stock, buyers, warm_up_ms, version, server, storm_load, pool, timeout_ms,"
          + " seed, same_request, customer_limit, ended, settled, cut) VALUES (?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 'none') ON CONFLICT (run) DO NOTHING";

  private static final String END =
      "UPDATE ticket_run SET ended = 1, buyers = ?, counter_left = ?, settled = ?, problem = ?,"
          + " cut = ?, orders = ? WHERE number = ?";

  private RunRows() {}

  /** Begins a run; returns its number, or nothing if it has begun. */
  static OptionalLong insert(Connection to, Run run, Source origin) throws SQLException {
    try (var insert = to.prepareStatement(INSERT)) {
      insert.setString(1, run.id().toString());
      insert.setString(2, origin.name());
      insert.setLong(3, run.started().toEpochMilli());
      insert.setString(4, run.strategy());
      insert.setInt(5, run.brokenOnPurpose() ? 1 : 0);
      insert.setString(6, run.model().wireName());
      insert.setString(7, run.key());
      insert.setLong(8, run.stock());
      insert.setLong(9, run.buyers());
      insert.setLong(10, run.warmUpMillis());
      var setup = run.setup();
      Rows.bind(insert, 11, setup.map(Run.Setup::version));
      Rows.bind(insert, 12, setup.map(Run.Setup::server));
      Rows.bind(insert, 13, setup.map(Run.Setup::load));
      Rows.bind(insert, 14, number(setup.map(known -> (long) known.pool())));
      Rows.bind(insert, 15, number(setup.map(Run.Setup::timeoutMillis)));
      Rows.bind(insert, 16, setup.map(Run.Setup::seed).orElse(OptionalLong.empty()));
      insert.setInt(17, setup.filter(Run.Setup::sameRequest).isPresent() ? 1 : 0);
      Rows.bind(insert, 18, run.terms().limit());
      if (insert.executeUpdate() == 0) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(byId(to, run.id()).orElseThrow().number());
  }

  private static OptionalLong number(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  static void end(Connection to, long number, int buyers, Ending ending) throws SQLException {
    var settlement = ending.settlement();
    try (var update = to.prepareStatement(END)) {
      update.setLong(1, buyers);
      Rows.bind(update, 2, settlement.left());
      update.setInt(3, settlement.settled() ? 1 : 0);
      Rows.bind(update, 4, settlement.problem());
      update.setString(5, ending.stopReason().wireName());
      Rows.bind(update, 6, ending.orders());
      update.setLong(7, number);
      update.executeUpdate();
    }
  }

  static void reopen(Connection to, long number) throws SQLException {
    try (var update = to.prepareStatement("UPDATE ticket_run SET ended = 0 WHERE number = ?")) {
      update.setLong(1, number);
      update.executeUpdate();
    }
  }

  static Optional<Kept> byId(Connection in, UUID id) throws SQLException {
    return find(in, "run = ?", id.toString());
  }

  static Optional<Kept> latest(Connection in) throws SQLException {
    return find(in, "number > 0");
  }

  /** The latest sale of a service from {@code key}. */
  static Optional<Kept> latestSale(Connection in, String key) throws SQLException {
    return find(in, "kind = ? AND stock_key = ?", Source.SERVE.name(), key);
  }

  private static Optional<Kept> find(Connection in, String condition, String... values)
      throws SQLException {
    try (var select =
        in.prepareStatement(
            "SELECT * FROM ticket_run WHERE " + condition + " ORDER BY number DESC LIMIT 1")) {
      for (var i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      return one(select);
    }
  }

  private static Optional<Kept> one(PreparedStatement select) throws SQLException {
    try (var row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Kept(row.getLong("number"), run(row), ending(row)))
          : Optional.empty();
    }
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        UUID.fromString(row.getString("run")),
        Instant.ofEpochMilli(row.getLong("started_ms")),
        row.getString("strategy"),
        row.getInt("broken_on_purpose") == 1,
        model(row.getString("model")),
        row.getString("stock_key"),
        row.getLong("stock"),
        row.getInt("buyers"),
        row.getLong("warm_up_ms"),
        setup(row),
        new Run.Terms(Rows.number(row, "customer_limit"), new LinkedHashMap<>()));
  }

  private static Model model(String word) throws SQLException {
    return Arrays.stream(Model.values())
        .filter(model -> model.wireName().equals(word))
        .findFirst()
        .orElseThrow(() -> new SQLException("'" + word + "' is no model"));
  }

  private static Optional<Run.Setup> setup(ResultSet row) throws SQLException {
    var version = row.getString("version");
    return version == null
        ? Optional.empty()
        : Optional.of(
            new Run.Setup(
                version,
                row.getString("server"),
                row.getString("storm_load"),
                row.getInt("pool"),
                row.getLong("timeout_ms"),
                Rows.number(row, "seed"),
                row.getInt("same_request") == 1));
  }

  private static Optional<Ending> ending(ResultSet row) throws SQLException {
    if (row.getInt("ended") == 0) {
      return Optional.empty();
    }
    var word = row.getString("cut");
    var stopReason =
        Arrays.stream(Ending.StopReason.values())
            .filter(known -> known.wireName().equals(word))
            .findFirst()
            .orElseThrow(() -> new SQLException("'" + word + "' is no end"));
    return Optional.of(
        new Ending(
            new Settlement(
                Rows.number(row, "counter_left"),
                row.getInt("settled") == 1,
                Optional.ofNullable(row.getString("problem"))),
            stopReason,
            Map.of(),
            Rows.number(row, "orders")));
  }

  static void insertFaults(Connection to, long run, List<Fault> faults) throws SQLException {
    try (var insert =
        to.prepareStatement(
            "INSERT INTO ticket_fault (run, place, fault, at_ns, command, detail)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      for (var i = 0; i < faults.size(); i++) {
        var fault = faults.get(i);
        insert.setLong(1, run);
        insert.setLong(2, i + 1);
        insert.setString(3, fault.fault());
        Rows.bind(insert, 4, fault.atNanos());
        Rows.bind(insert, 5, fault.command());
        insert.setString(6, fault.detail());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<Fault> faults(Connection in, long run) throws SQLException {
    var faults = new ArrayList<Fault>();
    try (var select =
        in.prepareStatement("SELECT * FROM ticket_fault WHERE run = ? ORDER BY place")) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          faults.add(
              new Fault(
                  row.getString("fault"),
                  Rows.number(row, "at_ns"),
                  Rows.number(row, "command"),
                  row.getString("detail")));
        }
      }
    }
    return List.copyOf(faults);
  }
}
