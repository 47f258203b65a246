package io.github.ticketsim.verify;

import static java.util.stream.Collectors.toSet;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the attempts again that a verdict names. */
final class Receipts {

  /** Attempts that are alike in everything need one other to share an id with, not a million. */
  private static final int MOST_ALIKE = 2;

  private Receipts() {}

  /** The indices of all attempts in the witnesses of {@code verdict}, by call. */
  static List<Integer> of(Judgement verdict, Attempts attempts) {
    var wanted = new HashSet<Attempt>();
    verdict.checks().stream()
        .flatMap(check -> check.witness().stream())
        .forEach(witness -> wanted.addAll(witness.attempts()));
    var ids = wanted.stream().map(a -> a.id().getLeastSignificantBits()).collect(toSet());
    var alike = new HashMap<Attempt, Integer>();
    var found = IntStream.builder();
    for (var i = 0; i < attempts.size(); i++) {
      if (ids.contains(attempts.idLow(i)) && wanted.contains(attempts.get(i))) {
        var seen = alike.merge(attempts.get(i), 1, Integer::sum);
        if (seen <= MOST_ALIKE) {
          found.add(i);
        }
      }
    }
    var sorted = new Precedence(attempts).sorted(found.build().toArray());
    return IntStream.of(sorted).boxed().toList();
  }
}
