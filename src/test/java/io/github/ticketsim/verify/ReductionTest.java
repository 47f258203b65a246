package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.selftest.ExhaustiveSearch;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.selftest.RandomHistories;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid history is reduced to a part that proves it, and a legal one never to an invalid. */
class ReductionTest {
  private static final int HISTORIES = 5_000;
  private static final int SELECTIONS = 4;
  private static final int ONE_FILE_IN = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyPartOfALegalHistoryIsLegal(Model model) {
    var random = new Random(1);
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = new RandomHistories(model, seed).next();
      if (!ExhaustiveSearch.explains(history)) {
        continue;
      }
      for (var tries = 0; tries < SELECTIONS; tries++) {
        var selection = anySelection(history, random);
        var part = Projection.of(history).onto(selection);
        assertThat(ExhaustiveSearch.explains(part))
            .as("seed %d, %s of %s is %s", seed, selection, text(history), text(part))
            .isTrue();
      }
    }
  }

  private static Selection anySelection(History history, Random random) {
    var attempts =
        IntStream.range(0, history.attempts().size())
            .filter(_ -> random.nextBoolean())
            .boxed()
            .collect(Collectors.toSet());
    var gaps = new HashSet<Selection.MissingValue>();
    if (Projection.of(history) instanceof TicketProjection tickets) {
      var stock = history.run().stock();
      LongStream.of(stock - 1, stock - 2, stock - 3, stock - 5, 0, 1, -1, -2)
          .filter(_ -> random.nextInt(3) == 0)
          .forEach(value -> tickets.gap(value).ifPresent(gaps::add));
    }
    return new Selection(attempts, gaps, random.nextBoolean());
  }

  @ParameterizedTest
  @EnumSource
  void everyInvalidHistoryHasASmallPartThatFailsTheSameChecks(Model model)
      throws IOException, HistoryFormatException {
    var invalid = 0;
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = new RandomHistories(model, seed).next();
      var verdict = Verifier.verify(history);
      var reduced = Reduction.of(history, verdict);
      assertThat(reduced.isPresent()).isEqualTo(verdict.result() == Result.INVALID);
      if (reduced.isEmpty()) {
        continue;
      }
      invalid++;
      var part = reduced.get();
      assertThat(part.attempts().size()).isLessThanOrEqualTo(Reduction.MOST_ATTEMPTS);
      assertThat(failed(Verifier.verify(part)))
          .as("seed %d, %s reduced to %s", seed, text(history), text(part))
          .isEqualTo(failed(verdict));
      assertThat(ExhaustiveSearch.explains(part))
          .as("seed %d, %s reduced to %s", seed, text(history), text(part))
          .isFalse();
      if (invalid % ONE_FILE_IN == 0) {
        assertSameOnDisk(part);
      }
    }
    assertThat(invalid).isGreaterThan(HISTORIES / 10);
  }

  /** Of these no few attempts fail what the whole fails; four of a hundred thousand are such. */
  @ParameterizedTest
  @ValueSource(longs = {5_007_272, 5_039_037, 5_041_742, 5_086_806})
  void aSmallHistoryOfWhichNoneCanBeSparedIsItsOwnWitness(long seed) {
    var history = new RandomHistories(Model.COUNTER, seed).next();
    var verdict = Verifier.verify(history);
    var part = Reduction.of(history, verdict).orElseThrow();
    assertThat(failed(Verifier.verify(part))).isEqualTo(failed(verdict)).isNotEmpty();
  }

  @Test
  void showsAnAttemptWhereTheWholeNamesOneAndNoneWhereFiguresProveIt() {
    var named = Histories.counter(2).sold(1, 2, 2).left(3).build();
    assertThat(reduced(named).attempts().size()).isEqualTo(1);
    var figures = Histories.tally(1).indeterminate(1).left(3).build();
    assertThat(reduced(figures).attempts().size()).isZero();
  }

  private static History reduced(History history) {
    return Reduction.of(history, Verifier.verify(history)).orElseThrow();
  }

  private void assertSameOnDisk(History part) throws IOException, HistoryFormatException {
    var file = folder.resolve("witness.ndjson");
    HistoryFile.write(part, file);
    var read = HistoryFile.read(file);
    assertThat(text(read)).isEqualTo(text(part));
    assertThat(Verifier.verify(read)).isEqualTo(Verifier.verify(part));
  }

  private static Set<Name> failed(Judgement verdict) {
    var failed = EnumSet.noneOf(Name.class);
    verdict.checks().stream()
        .filter(check -> check.status() == Status.FAIL)
        .map(Check::name)
        .forEach(failed::add);
    return failed;
  }

  private static String text(History history) {
    return IntStream.range(0, history.attempts().size())
        .mapToObj(i -> "\n  " + history.attempts().get(i))
        .collect(
            Collectors.joining(
                "",
                "stock " + history.run().stock(),
                "\n  " + history.ending().settlement() + "\n"));
  }
}
