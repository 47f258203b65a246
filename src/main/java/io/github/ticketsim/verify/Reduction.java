package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the smallest part of an invalid history that still proves everything that is wrong with it.
 *
 * <p>The part is a history in its own right: {@link Projection} says why nothing is wrong with a
 * part unless it is wrong with the whole. A few attempts come into question, and of them the least
 * number is chosen with which the same checks fail.
 */
public final class Reduction {

  /** The most attempts of a part. */
  public static final int MOST_ATTEMPTS = 20;

  /** Combinations of suspects, the small ones first. */
  private static final int MOST_TRIES = 1 << 14;

  private static final Selection NOTHING = new Selection(Set.of(), Set.of(), false);
  private static final Selection READ = new Selection(Set.of(), Set.of(), true);

  /** How many attempts the whole has. */
  private final int size;

  private final Projection projection;
  private final Judgement verdict;

  private Reduction(int size, Projection projection, Judgement verdict) {
    this.size = size;
    this.projection = projection;
    this.verdict = verdict;
  }

  /**
   * The smallest part of {@code history} that fails the checks which the whole fails: at most
   * {@value #MOST_ATTEMPTS} attempts, in O(n). Tickets are numbered anew in it.
   *
   * @param verdict on {@code history}
   * @return empty where the verdict is not {@link Result#INVALID}
   */
  public static Optional<History> of(History history, Judgement verdict) {
    if (verdict.result() != Result.INVALID) {
      return Optional.empty();
    }
    return history.plain()
        ? Optional.of(ofOneStock(history, verdict))
        : new SaleReduction(history, verdict).smallest();
  }

  /** The same of an invalid history with neither limit, items, quantities, keys nor orders. */
  static History ofOneStock(History history, Judgement verdict) {
    return new Reduction(history.attempts().size(), Projection.of(history), verdict).smallest();
  }

  private History smallest() {
    var suspects = projection.suspects(verdict);
    return first(suspects, part -> failed(part).equals(failed(verdict)))
        .or(() -> first(everything(suspects), part -> failed(part).equals(failed(verdict))))
        .or(() -> first(suspects, this::failsSomeOfTheSame))
        .orElseThrow(() -> new IllegalStateException("no part proves " + verdict));
  }

  /** Of a small history all attempts, and with them the gaps that are suspected. */
  private List<Selection> everything(List<Selection> suspects) {
    if (size > MOST_ATTEMPTS) {
      return List.of();
    }
    var attempts = IntStream.range(0, size).boxed().collect(Collectors.toSet());
    return List.of(
        new Selection(attempts, Set.of(), false),
        suspects.stream().reduce(NOTHING, Selection::with));
  }

  private Optional<History> first(List<Selection> suspects, Predicate<Judgement> proves) {
    return IntStream.rangeClosed(0, suspects.size())
        .boxed()
        .flatMap(size -> combinations(suspects, 0, size))
        .limit(MOST_TRIES)
        .flatMap(each -> Stream.of(each.with(READ), each))
        .map(projection::onto)
        .filter(part -> part.attempts().size() <= MOST_ATTEMPTS && showsReceipts(part))
        .filter(part -> proves.test(Verifier.verify(part)))
        .findFirst();
  }

  /** All selections of {@code size} of the suspects from {@code start} on. */
  private static Stream<Selection> combinations(List<Selection> suspects, int start, int size) {
    return size == 0
        ? Stream.of(NOTHING)
        : IntStream.rangeClosed(start, suspects.size() - size)
            .boxed()
            .flatMap(i -> combinations(suspects, i + 1, size - 1).map(suspects.get(i)::with));
  }

  /** A part must not accuse of more than the whole is accused of. */
  private boolean failsSomeOfTheSame(Judgement part) {
    return part.result() == Result.INVALID && failed(verdict).containsAll(failed(part));
  }

  /** Where the failures of the whole name attempts, no attempt at all explains little. */
  private boolean showsReceipts(History part) {
    return part.attempts().size() > 0
        || verdict.checks().stream().allMatch(check -> check.witness().isEmpty());
  }

  static Set<Name> failed(Judgement verdict) {
    var names = EnumSet.noneOf(Name.class);
    verdict.checks().stream()
        .filter(check -> check.status() == Status.FAIL)
        .forEach(check -> names.add(check.name()));
    return names;
  }
}
