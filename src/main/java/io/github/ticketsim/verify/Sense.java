package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What can be judged where some replies cannot be as they were recorded. Those are judged as
 * attempts of unknown fate that were called before all others, which excuses whatever they may have
 * done: so what is broken in spite of it is proven broken. Such a history is never proven sound.
 *
 * @param attempts all of them, those that make no sense replaced
 * @param problem what makes no sense; empty where all does
 */
record Sense(Attempts attempts, Optional<String> problem) {
  private static final Outcome UNKNOWN = new Outcome.Indeterminate("its record makes no sense");

  static Sense of(Run run, Attempts attempts) {
    var senseless = attempts.where(i -> flaw(run, attempts, i).isPresent());
    var sorted = new Precedence(attempts).sorted(senseless);
    if (sorted.length == 0) {
      return new Sense(attempts, Optional.empty());
    }
    var earliest =
        IntStream.range(0, attempts.size()).mapToLong(attempts::callNanos).min().orElseThrow();
    var judged =
        Arrays.stream(senseless)
            .boxed()
            .collect(
                Collectors.toMap(Function.identity(), i -> unknown(attempts.get(i), earliest)));
    return new Sense(
        attempts.some(IntStream.range(0, attempts.size()).toArray(), judged),
        Optional.of(
            words(
                "%s no sense: that of buyer %,d, id %s, has %s; mend what recorded it",
                counted(sorted.length, "reply makes", "replies make"),
                attempts.buyer(sorted[0]),
                attempts.get(sorted[0]).id(),
                flaw(run, attempts, sorted[0]).orElseThrow())));
  }

  /** Why no rule makes sense of reply {@code index}; empty where one does. */
  private static Optional<String> flaw(Run run, Attempts attempts, int index) {
    var kind = attempts.kind(index);
    if (!kind.replied()) {
      return Optional.empty();
    }
    if (!(attempts.hasReturn(index) && attempts.returnNanos(index) >= attempts.callNanos(index))) {
      return Optional.of("no return after its call");
    }
    if (run.promisesValue(kind) && !attempts.hasValue(index)) {
      return Optional.of("no value, which model " + run.model().wireName() + " promises");
    }
    return Optional.empty();
  }

  private static Attempt unknown(Attempt attempt, long call) {
    return Attempt.of(
            attempt.id(),
            attempt.timestampMillis(),
            attempt.buyer(),
            OptionalLong.empty(),
            call,
            OptionalLong.empty(),
            UNKNOWN)
        .with(attempt.particulars());
  }
}
