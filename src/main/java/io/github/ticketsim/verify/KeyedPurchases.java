package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The attempts of a history with those of one key made one: it lasts from its first call to its
 * last return, has the reply that all of them have, and takes at most once. If its attempts have
 * replies that differ, they stay apart, and {@link Name#IDEMPOTENCY} is broken.
 *
 * @param attempts one for each purchase
 * @param retried how many purchases were sent more than once
 * @param broken two attempts of one key with different replies, if there are any
 */
record KeyedPurchases(Attempts attempts, int retried, Optional<Witness> broken) {

  static KeyedPurchases of(Model model, Attempts attempts) {
    var keyed = attempts.where(i -> attempts.key(i) != Attempts.NO_NAME);
    if (keyed.length == 0) {
      return new KeyedPurchases(attempts, 0, Optional.empty());
    }
    // By key, and by call within a key.
    var ranked = Ranking.ascending(new Precedence(attempts).sorted(keyed), attempts::key);
    var merged = new HashMap<Integer, Attempt>();
    var gone = new boolean[attempts.size()];
    var retried = 0;
    Optional<Witness> broken = Optional.empty();
    for (var from = 0; from < ranked.length; ) {
      var to = from + 1;
      while (to < ranked.length && attempts.key(ranked[to]) == attempts.key(ranked[from])) {
        to++;
      }
      if (to - from > 1) {
        retried++;
        var group = IntStream.range(from, to).map(place -> ranked[place]).boxed().toList();
        var conflict = conflict(model, attempts, group);
        if (conflict.isPresent()) {
          broken = earlier(broken, conflict.get());
        } else {
          var first = group.getFirst();
          merged.put(first, merged(group.stream().map(attempts::get).toList()));
          group.stream().skip(1).forEach(i -> gone[i] = true);
        }
      }
      from = to;
    }
    var kept = attempts.where(i -> !gone[i]);
    return new KeyedPurchases(attempts.some(kept, merged), retried, broken);
  }

  /** Two attempts of a group that were told different things, if there are any. */
  private static Optional<Witness> conflict(Model model, Attempts attempts, List<Integer> group) {
    var replied =
        group.stream().filter(i -> attempts.kind(i).replied()).map(attempts::get).toList();
    return replied.stream()
        .skip(1)
        .filter(other -> !sameReply(model, replied.getFirst(), other))
        .findFirst()
        .map(other -> new Witness(List.of(replied.getFirst(), other)));
  }

  /** Of a refusal that took nothing the value is what the counter happened to be. */
  private static boolean sameReply(Model model, Attempt one, Attempt other) {
    var tookOne = model == Model.COUNTER || one.outcome() instanceof Outcome.Sold;
    var order = one.particulars().order();
    var otherOrder = other.particulars().order();
    return one.outcome().kind() == other.outcome().kind()
        && (!tookOne || one.outcome().value().equals(other.outcome().value()))
        && (order.isEmpty() || otherOrder.isEmpty() || order.equals(otherOrder));
  }

  /** What is shown of all conflicts must not depend on how keys were numbered. */
  private static Optional<Witness> earlier(Optional<Witness> known, Witness found) {
    return known.isPresent() && call(known.get()) <= call(found) ? known : Optional.of(found);
  }

  private static long call(Witness witness) {
    return witness.attempts().getFirst().callNanos();
  }

  private static Attempt merged(List<Attempt> group) {
    var replied = group.stream().filter(each -> each.outcome().kind().replied()).toList();
    var executed =
        group.stream().filter(each -> each.outcome().kind() != Outcome.Kind.FAILED).toList();
    var lead =
        !replied.isEmpty()
            ? replied.getFirst()
            : !executed.isEmpty() ? executed.getFirst() : group.getFirst();
    // Refusals that took nothing may have found different values: they tell of two moments.
    var alike = replied.stream().map(Attempt::outcome).distinct().count() <= 1;
    var lasting = executed.isEmpty() ? group : executed;
    var call = lasting.stream().mapToLong(Attempt::callNanos).min().orElseThrow();
    var returned = replied.stream().flatMapToLong(each -> each.returnNanos().stream()).max();
    return Attempt.of(
            lead.id(),
            lead.timestampMillis(),
            lead.buyer(),
            OptionalLong.empty(),
            call,
            replied.isEmpty() ? lead.returnNanos() : returned,
            alike ? lead.outcome() : withoutValue(lead.outcome()))
        .with(lead.particulars());
  }

  private static Outcome withoutValue(Outcome outcome) {
    return outcome.kind().of(OptionalLong.empty(), outcome.error());
  }

  /** Says what was found of the keys, if there are any. */
  void describe(Findings findings) {
    broken.ifPresent(
        witness ->
            findings.add(
                new Check(
                    Name.IDEMPOTENCY,
                    Check.Status.FAIL,
                    words(
                        "two attempts of one purchase, key %s, were told different things",
                        witness.attempts().getFirst().particulars().key().orElse("")),
                    Optional.of(witness))));
    if (retried > 0) {
      findings.pass(
          Name.IDEMPOTENCY,
          words(
              "%,d %s sent more than once, and each was told the same every time",
              retried, retried == 1 ? "purchase was" : "purchases were"));
    }
  }
}
