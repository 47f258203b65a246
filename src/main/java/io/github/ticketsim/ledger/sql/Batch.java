package io.github.ticketsim.ledger.sql;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Records.Intent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is written in one transaction: all of it or nothing. For one thread. */
final class Batch {
  private final List<Bought> bought = new ArrayList<>();
  private final List<Intent> intended = new ArrayList<>();
  private final List<UUID> noLongerIntended = new ArrayList<>();

  /** One thing to write. */
  sealed interface Row {}

  /** An attempt that has ended, and with it its intent where it has a key. */
  record Bought(Attempt attempt, Optional<String> key) implements Row {}

  /** A purchase that is about to be made. */
  record Intended(Intent intent) implements Row {}

  /** A purchase that was about to be made, and then was not. Written after its intent. */
  record Withdrawn(UUID id) implements Row {}

  void add(Row row) {
    switch (row) {
      case Bought attempt -> {
        bought.add(attempt);
        if (attempt.key().isPresent()) {
          noLongerIntended.add(attempt.attempt().id());
        }
      }
      case Intended(var intent) -> intended.add(intent);
      case Withdrawn(var id) -> noLongerIntended.add(id);
    }
  }

  /** How many places its attempts take. */
  int places() {
    return bought.size();
  }

  /**
   * Writes all, and does not commit.
   *
   * @param first the place of its first attempt
   */
  void store(Connection to, long run, long life, long first) throws SQLException {
    if (!bought.isEmpty()) {
      storeBought(to, run, first);
    }
    if (!intended.isEmpty()) {
      Intents.insert(to, run, life, intended);
    }
    if (!noLongerIntended.isEmpty()) {
      Intents.delete(to, run, noLongerIntended);
    }
  }

  private void storeBought(Connection to, long run, long first) throws SQLException {
    try (var insert = to.prepareStatement(Rows.INSERT)) {
      var place = first;
      for (var row : bought) {
        Rows.bind(insert, run, place++, row.attempt(), row.key());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Whether it is written; what can be written twice without harm counts as if it were not. */
  boolean isStored(Connection in, long run, long first) throws SQLException {
    if (!bought.isEmpty()) {
      return Rows.holds(in, run, first, bought.getFirst().attempt().id());
    }
    return !intended.isEmpty() && Intents.holds(in, run, intended.getFirst().id());
  }
}
