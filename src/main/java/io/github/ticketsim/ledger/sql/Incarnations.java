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

/** The incarnations of a run, and the attempts that they left unrecorded; see the package. */
final class Incarnations {
  private static final String DIED = "the service died before it was recorded, if there was one";

  private Incarnations() {}

  /**
   * One incarnation.
   *
   * @param number from 1
   * @param beganNanos the beginning of its clock
   * @param firstBuyer the number of its first buyer
   * @param mostUnrecorded attempts that it could leave behind
   * @param ended whether it left none behind
   */
  record Incarnation(
      long number, long beganNanos, long firstBuyer, int mostUnrecorded, boolean ended) {}

  /** Begins a new incarnation after all the others. */
  static Incarnation begin(Connection to, long run, int mostUnrecorded) throws SQLException {
    var incarnations = of(to, run);
    var incarnation =
        incarnations.isEmpty()
            ? new Incarnation(1, 0, 0, mostUnrecorded, false)
            : new Incarnation(
                incarnations.getLast().number() + 1,
                Math.max(incarnations.getLast().beganNanos(), lastNanos(to, run)) + 1,
                endOfBuyers(to, run, incarnations),
                mostUnrecorded,
                false);
    try (var insert =
        to.prepareStatement(
            "INSERT INTO ticket_life (run, life, began_ns, first_buyer, most_unrecorded, ended)"
                + " VALUES (?, ?, ?, ?, ?, 0)")) {
      insert.setLong(1, run);
      insert.setLong(2, incarnation.number());
      insert.setLong(3, incarnation.beganNanos());
      insert.setLong(4, incarnation.firstBuyer());
      insert.setLong(5, incarnation.mostUnrecorded());
      insert.executeUpdate();
    }
    return incarnation;
  }

  static void end(Connection to, long run, long incarnation) throws SQLException {
    try (var update =
        to.prepareStatement("UPDATE ticket_life SET ended = 1 WHERE run = ? AND life = ?")) {
      update.setLong(1, run);
      update.setLong(2, incarnation);
      update.executeUpdate();
    }
  }

  private static List<Incarnation> of(Connection in, long run) throws SQLException {
    var incarnations = new ArrayList<Incarnation>();
    try (var select =
        in.prepareStatement("SELECT * FROM ticket_life WHERE run = ? ORDER BY life")) {
      select.setLong(1, run);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          incarnations.add(
              new Incarnation(
                  row.getLong("life"),
                  row.getLong("began_ns"),
                  row.getLong("first_buyer"),
                  row.getInt("most_unrecorded"),
                  row.getInt("ended") == 1));
        }
      }
    }
    return incarnations;
  }

  private static long lastNanos(Connection in, long run) throws SQLException {
    return number(
        in,
        run,
        "SELECT max(CASE WHEN return_ns > call_ns THEN return_ns ELSE call_ns END)"
            + " FROM ticket_attempt WHERE run = ?");
  }

  /** After all buyers that there were or may have been. */
  private static long endOfBuyers(Connection in, long run, List<Incarnation> incarnations)
      throws SQLException {
    var last = incarnations.getLast();
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
   * Hands over the attempts that incarnations other than {@code current} left unrecorded.
   *
   * @param current the one that sells, if any
   */
  static void unrecorded(
      Connection in, long run, UUID id, OptionalLong current, Consumer<Attempt> to)
      throws SQLException {
    var incarnations = of(in, run);
    var open =
        Intents.open(in, run).stream()
            .collect(
                Collectors.groupingBy(
                    Intents.OpenIntent::incarnation,
                    Collectors.mapping(Intents.OpenIntent::intent, toList())));
    for (var i = 0; i < incarnations.size(); i++) {
      var incarnation = incarnations.get(i);
      if (incarnation.ended() || current.equals(OptionalLong.of(incarnation.number()))) {
        continue;
      }
      var end =
          i + 1 < incarnations.size()
              ? incarnations.get(i + 1).firstBuyer()
              : endOfBuyers(in, run, incarnations);
      // A buyer with a key finds its attempt by it.
      var known = open.getOrDefault(incarnation.number(), List.of());
      for (var n = 1; n <= incarnation.mostUnrecorded(); n++) {
        var intent = n <= known.size() ? known.get(n - 1) : unknown(id, incarnation, n);
        to.accept(unrecorded(intent, Math.toIntExact(end - n), incarnation.beganNanos()));
      }
    }
  }

  private static Intent unknown(UUID run, Incarnation incarnation, int number) {
    // The time of a v7 id and the version are in the upper half, the variant leads the lower one.
    var id = new UUID(run.getMostSignificantBits(), 1L << 63 | incarnation.number() << 32 | number);
    return new Intent(id, run.getMostSignificantBits() >>> 16, /* key= */ "");
  }

  /** The attempt of an intent that may have taken a ticket. */
  static Attempt unrecorded(Intent intent, int buyer, long callNanos) {
    return Attempt.of(
        intent.id(),
        intent.timestampMillis(),
        buyer,
        OptionalLong.empty(),
        callNanos,
        OptionalLong.empty(),
        new Outcome.Indeterminate(DIED));
  }
}
