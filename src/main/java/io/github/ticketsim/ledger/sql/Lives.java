package io.github.ticketsim.ledger.sql;

import static java.util.stream.Collectors.toList;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records.Intent;
import io.github.ticketsim.stock.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The lives of a run, and the attempts that nobody could record; see the package. */
final class Lives {
  private static final String DIED = "the service died before it was recorded, if there was one";

  private Lives() {}

  /**
   * One life.
   *
   * @param beganNanos where its clock began
   * @param firstBuyer where it began to count buyers
   * @param mostUnrecorded attempts that it could leave behind
   * @param ended whether it left none behind
   */
  record Life(long life, long beganNanos, long firstBuyer, int mostUnrecorded, boolean ended) {}

  /** Begins a new life after all the others. */
  static Life begin(Connection to, long run, int mostUnrecorded) throws SQLException {
    var lives = of(to, run);
    var life =
        lives.isEmpty()
            ? new Life(1, 0, 0, mostUnrecorded, false)
            : new Life(
                lives.getLast().life() + 1,
                Math.max(lives.getLast().beganNanos(), lastNanos(to, run)) + 1,
                endOfBuyers(to, run, lives),
                mostUnrecorded,
                false);
    try (var insert =
        to.prepareStatement(
            "INSERT INTO ticket_life (run, life, began_ns, first_buyer, most_unrecorded, ended)"
                + " VALUES (?, ?, ?, ?, ?, 0)")) {
      insert.setLong(1, run);
      insert.setLong(2, life.life());
      insert.setLong(3, life.beganNanos());
      insert.setLong(4, life.firstBuyer());
      insert.setLong(5, life.mostUnrecorded());
      insert.executeUpdate();
    }
    return life;
  }

  static void end(Connection to, long run, long life) throws SQLException {
    try (var update =
        to.prepareStatement("UPDATE ticket_life SET ended = 1 WHERE run = ? AND life = ?")) {
      update.setLong(1, run);
      update.setLong(2, life);
      update.executeUpdate();
    }
  }

  private static List<Life> of(Connection in, long run) throws SQLException {
    var lives = new ArrayList<Life>();
    try (var select =
        in.prepareStatement("SELECT * FROM ticket_life WHERE run = ? ORDER BY life")) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          lives.add(
              new Life(
                  row.getLong("life"),
                  row.getLong("began_ns"),
                  row.getLong("first_buyer"),
                  row.getInt("most_unrecorded"),
                  row.getInt("ended") == 1));
        }
      }
    }
    return lives;
  }

  private static long lastNanos(Connection in, long run) throws SQLException {
    return number(
        in,
        run,
        "SELECT max(CASE WHEN return_ns > call_ns THEN return_ns ELSE call_ns END)"
            + " FROM ticket_attempt WHERE run = ?");
  }

  /** Behind all buyers that there were or may have been. */
  private static long endOfBuyers(Connection in, long run, List<Life> lives) throws SQLException {
    var last = lives.getLast();
    var recorded = number(in, run, "SELECT max(buyer) + 1 FROM ticket_attempt WHERE run = ?");
    return Math.max(last.firstBuyer(), recorded) + (last.ended() ? 0 : last.mostUnrecorded());
  }

  private static long number(Connection in, long run, String query) throws SQLException {
    try (var select = in.prepareStatement(query)) {
      select.setLong(1, run);
      return number(select);
    }
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (var row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Hands over the attempts that lives before {@code current} left unrecorded.
   *
   * @param current the life that goes on; its own are still to come
   */
  static void unrecorded(
      Connection in, long run, UUID id, OptionalLong current, Consumer<Attempt> to)
      throws SQLException {
    var lives = of(in, run);
    var open =
        Intents.open(in, run).stream()
            .collect(
                Collectors.groupingBy(
                    Intents.Open::life, Collectors.mapping(Intents.Open::intent, toList())));
    for (var i = 0; i < lives.size(); i++) {
      var life = lives.get(i);
      if (life.ended() || current.equals(OptionalLong.of(life.life()))) {
        continue;
      }
      var end = i + 1 < lives.size() ? lives.get(i + 1).firstBuyer() : endOfBuyers(in, run, lives);
      // Whoever had a key to buy with can be told by it.
      var known = open.getOrDefault(life.life(), List.of());
      for (var n = 1; n <= life.mostUnrecorded(); n++) {
        var intent = n <= known.size() ? known.get(n - 1) : nobody(id, life, n);
        to.accept(unrecorded(intent, Math.toIntExact(end - n), life.beganNanos()));
      }
    }
  }

  private static Intent nobody(UUID run, Life life, int number) {
    // The time of a v7 id and the version are in the upper half, the variant leads the lower one.
    var id = new UUID(run.getMostSignificantBits(), 1L << 63 | life.life() << 32 | number);
    return new Intent(id, run.getMostSignificantBits() >>> 16, /* key= */ "");
  }

  /** What was intended, and may have been done. */
  static Attempt unrecorded(Intent intent, int buyer, long callNanos) {
    return new Attempt(
        intent.id(),
        intent.timestampMillis(),
        buyer,
        OptionalLong.empty(),
        callNanos,
        OptionalLong.empty(),
        new Outcome.Indeterminate(DIED));
  }
}
