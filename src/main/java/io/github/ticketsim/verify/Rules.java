package io.github.ticketsim.verify;

import java.util.List;

/** What a model asks of a history. */
sealed interface Rules permits ValuedRules, TallyRules {

  /** Judges everything that depends on the model. */
  void judge();

  /** For a history that breaks nothing: how many tickets were sold. */
  Verdict.SoldBounds sold();

  /** For a history that was found invalid: what may have caused it. */
  List<String> causes();
}
