package io.github.ticketsim.http;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.UUID;

/** The shape of one purchase: three fields, none of which needs escaping. */
final class RecordJson {
  private RecordJson() {}

  static String of(UUID id, long timestampMillis, String result) {
    return "{\"id\":\""
        + id
        + "\",\"timestamp\":"
        + timestampMillis
        + ",\"result\":\""
        + result
        + "\"}";
  }

  static String of(Attempt attempt, String result) {
    return of(attempt.id(), attempt.timestampMillis(), result);
  }

  /** The word for an outcome; empty for what is no purchase, since it was not executed. */
  static Optional<String> result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sold _ -> Optional.of("true");
      case Outcome.SoldOut _, Outcome.Limited _ -> Optional.of("false");
      case Outcome.Indeterminate _ -> Optional.of("unknown");
      case Outcome.Failed _ -> Optional.empty();
    };
  }
}
