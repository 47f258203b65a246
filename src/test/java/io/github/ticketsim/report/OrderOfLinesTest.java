package io.github.ticketsim.report;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.selftest.RandomHistories;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Reduction;
import io.github.ticketsim.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that is shown of a history is the same, whatever order its lines stand in. */
class OrderOfLinesTest {
  private static final int HISTORIES = 2_000;
  private static final int SHUFFLES = 2;
  private static final int RENDERED_IN = 20;
  private static final int REPEATED_ID_IN = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingDependsOnIt(Model model) throws IOException {
    var random = new Random(1);
    for (var seed = 0; seed < HISTORIES; seed++) {
      var history = sometimesWithOneIdTwice(new RandomHistories(model, seed).next(), random);
      var expected = shown(history);
      for (var i = 0; i < SHUFFLES; i++) {
        var shuffled = shuffled(history, random);
        assertThat(shown(shuffled)).as("seed %d", seed).isEqualTo(expected);
        if (seed % RENDERED_IN == 0) {
          assertThat(rendered(shuffled)).as("seed %d", seed).isEqualTo(rendered(history));
        }
      }
    }
  }

  /** The verdict, and the part that proves it. */
  private String shown(History history) throws IOException {
    var verdict = Verifier.verify(history);
    var part = Reduction.of(history, verdict);
    if (part.isEmpty()) {
      return verdict.toString();
    }
    assertThat(failed(verdict)).containsAll(failed(Verifier.verify(part.get())));
    var file = folder.resolve("witness.ndjson");
    HistoryFile.write(part.get(), file);
    return verdict + Files.readString(file);
  }

  private static String rendered(History history) {
    var report = RunReport.of(history, Path.of("runs", "shuffled"));
    var text = new StringWriter();
    var out = new PrintWriter(text);
    Format.TEXT.render(report, false, out);
    Format.JSON.render(report, false, out);
    return text.toString();
  }

  private static Set<Check.Name> failed(Judgement verdict) {
    return verdict.checks().stream()
        .filter(check -> check.status() == Check.Status.FAIL)
        .map(Check::name)
        .collect(toSet());
  }

  private static History shuffled(History history, Random random) {
    var attempts = attempts(history);
    Collections.shuffle(attempts, random);
    return with(history, attempts);
  }

  private static History sometimesWithOneIdTwice(History history, Random random) {
    var attempts = attempts(history);
    if (attempts.size() < 2 || random.nextInt(REPEATED_ID_IN) > 0) {
      return history;
    }
    Collections.shuffle(attempts, random);
    var last = attempts.removeLast();
    attempts.add(
        new Attempt(
            attempts.getFirst().id(),
            last.timestampMillis(),
            last.buyer(),
            last.intendedNanos(),
            last.poolWaitNanos(),
            last.callNanos(),
            last.returnNanos(),
            last.outcome(),
            Particulars.NONE));
    return with(history, attempts);
  }

  private static List<Attempt> attempts(History history) {
    var attempts = new ArrayList<Attempt>();
    IntStream.range(0, history.attempts().size())
        .forEach(i -> attempts.add(history.attempts().get(i)));
    return attempts;
  }

  private static History with(History history, List<Attempt> attempts) {
    return new History(
        history.run(), Attempts.of(attempts), history.faults(), List.of(), history.ending());
  }
}
