package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records.Intent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is written in one transaction: all of it or nothing. For one thread. */
final class Batch {
  private final List<AttemptRow> attempts = new ArrayList<>();
  private final List<Intent> intents = new ArrayList<>();
  private final List<UUID> intentsEnded = new ArrayList<>();

  /** One thing to write. */
  sealed interface Row {}

  /**
   * An attempt that has ended; if it has a key, this ends its intent.
   *
   * @param reserved whether it holds a permit until it is written
   */
  record AttemptRow(Attempt attempt, Optional<String> key, boolean reserved) implements Row {}

  /** A purchase that is about to be made. */
  record IntentLogged(Intent intent) implements Row {}

  /** A purchase that was about to be made, and then was not. Written after its intent. */
  record IntentCancelled(UUID id) implements Row {}

  void add(Row row) {
    switch (row) {
      case AttemptRow attempt -> {
        attempts.add(attempt);
        if (attempt.key().isPresent()) {
          intentsEnded.add(attempt.attempt().id());
        }
      }
      case IntentLogged(var intent) -> intents.add(intent);
      case IntentCancelled(var id) -> intentsEnded.add(id);
    }
  }

  /** How many attempts it has, each of which takes one sequence number. */
  int attempts() {
    return attempts.size();
  }

  /**
   * Writes all, and does not commit.
   *
   * @param insert {@link Rows#INSERT}, prepared
   * @param first the sequence number of its first attempt
   */
  void store(Connection to, PreparedStatement insert, long run, long incarnation, long first)
      throws SQLException {
    if (!attempts.isEmpty()) {
      storeAttempts(insert, run, first);
    }
    if (!intents.isEmpty()) {
      Intents.insert(to, run, incarnation, intents);
    }
    if (!intentsEnded.isEmpty()) {
      Intents.delete(to, run, intentsEnded);
    }
  }

  private void storeAttempts(PreparedStatement insert, long run, long first) throws SQLException {
    var sequence = first;
    for (var row : attempts) {
      Rows.bind(insert, run, sequence++, row.attempt(), row.key());
      insert.addBatch();
    }
    insert.executeBatch();
  }

  /** Whether it is written; what can be written twice without harm counts as if it were not. */
  boolean isStored(Connection in, long run, long first) throws SQLException {
    if (!attempts.isEmpty()) {
      return Rows.holds(in, run, first, attempts.getFirst().attempt().id());
    }
    return !intents.isEmpty() && Intents.holds(in, run, intents.getFirst().id());
  }
}
