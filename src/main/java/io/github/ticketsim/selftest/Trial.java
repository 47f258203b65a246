package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Judgement;
import java.util.Optional;
import java.util.function.Function;

/**
 * A history, and what a judge must say of it.
 *
 * @param history is made up
 * @param claims that its verdict has to fulfil
 */
public record Trial(History history, Claims claims) {

  /** What {@code judge} says that it must not say, or leaves unsaid; empty where all is well. */
  public Optional<String> fault(Function<History, Judgement> judge) {
    return claims.fault(Ruling.of(judge, history));
  }
}
