package io.github.ticketsim.verify;

import java.util.List;
import java.util.Optional;

/** What a model asks of a history. */
sealed interface Rules permits ValuedRules, TallyRules, QuantityRules, QuantityTallyRules {

  /** Judges everything that depends on the model. */
  void judge();

  /** For a history that breaks nothing: how many tickets were sold. */
  Judgement.SoldBounds sold();

  /** For a history that was found invalid: what may have caused it. */
  List<Cause> causes();

  /** For a history that breaks nothing: why that does not prove it sound; empty if it does. */
  default Optional<String> open() {
    return Optional.empty();
  }
}
