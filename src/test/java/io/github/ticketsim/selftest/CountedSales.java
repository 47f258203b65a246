package io.github.ticketsim.selftest;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often the verifier says what of random sales with customers, items, quantities, keys and
 * orders: which checks fail or are not exercised, and what it advises. A search says which of these
 * sales are sound; the counts hold by what they are found not to be.
 */
final class CountedSales {
  private static final Path GOLDEN = Path.of("src/test/resources/random-sales.txt");
  private static final int FEW = 200;
  private static final int MANY = 2_000;
  private static final long SEED = 11;

  /** Longer than a sale lasts. */
  private static final long MUCH = 20;

  private CountedSales() {}

  static String expected() throws IOException {
    return Files.readString(GOLDEN);
  }

  static void write() throws IOException {
    Files.writeString(GOLDEN, counts());
  }

  static String counts() {
    return counts(FEW) + counts(MANY);
  }

  /** Whether others are counted than are expected; most often a few sales tell. */
  static boolean differs() throws IOException {
    var expected = expected();
    return !expected.startsWith(counts(FEW)) || !expected.endsWith(counts(MANY));
  }

  private static String counts(int size) {
    return Stream.of(Model.values())
        .map(model -> "of %,d sales\n".formatted(size) + counts(model, size))
        .collect(Collectors.joining());
  }

  private static String counts(Model model, int size) {
    var counts = new TreeMap<String, Integer>();
    var sales = new RandomSales(model, SEED);
    var random = new Random(SEED);
    for (var i = 0; i < size; i++) {
      var sale = sales.next();
      for (var each : List.of(sale, disturbed(sale, random))) {
        said(Verifier.verify(each)).forEach(words -> counts.merge(words, 1, Integer::sum));
      }
    }
    return counts.entrySet().stream()
        .map(Map.Entry::toString)
        .map(line -> model.wireName() + " " + line + "\n")
        .collect(Collectors.joining());
  }

  /** With what no search plays: read in part, told in part, or recorded wrongly. */
  private static History disturbed(History sale, Random random) {
    var run = sale.run();
    var attempts = new ArrayList<Attempt>();
    IntStream.range(0, sale.attempts().size())
        .mapToObj(sale.attempts()::get)
        .forEach(attempts::add);
    var index = random.nextInt(attempts.size());
    var attempt = attempts.get(index);
    var ending = sale.ending();
    var left = new LinkedHashMap<>(ending.leftByItem());
    var orders = ending.orders();
    switch (random.nextInt(6)) {
      case 0 -> run = run.on(new Run.Terms(OptionalLong.empty(), run.terms().items()));
      case 1 -> left.remove("A");
      case 2 -> orders = OptionalLong.empty();
      case 3 -> attempts.add(attempt.with(attempts.getFirst().particulars()));
      case 4 -> attempts.set(index, called(attempt, attempt.callNanos() + MUCH));
      default -> attempts.set(index, limited(attempt));
    }
    return new History(
        run,
        Attempts.of(attempts),
        List.of(),
        sale.orders(),
        new Ending(ending.settlement(), ending.stopReason(), left, orders));
  }

  private static Attempt called(Attempt attempt, long call) {
    return attempt.outcome().kind().replied()
        ? attempt
        : Attempt.of(
                attempt.id(),
                attempt.timestampMillis(),
                attempt.buyer(),
                OptionalLong.empty(),
                call,
                OptionalLong.empty(),
                attempt.outcome())
            .with(attempt.particulars());
  }

  private static Attempt limited(Attempt attempt) {
    return attempt.outcome().kind() == Outcome.Kind.SOLD
        ? attempt.with(new Outcome.Limited(attempt.outcome().value()))
        : attempt;
  }

  private static List<String> said(Judgement verdict) {
    return Stream.of(
            Stream.of(verdict.result().name()),
            verdict.checks().stream()
                .filter(check -> check.status() != Status.PASS)
                .map(check -> check.name().words() + " " + check.status().words()),
            verdict.advice().stream().map(Advice::text).map(CountedSales::beginning))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  private static String beginning(String advice) {
    return "advice " + advice.replaceAll("[0-9,]+", "#").replaceAll("(( ?[^ ]+){4}).*", "$1");
  }
}
