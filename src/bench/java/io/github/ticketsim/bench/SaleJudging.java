package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Verifier;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What it takes to judge a million attempts of 100,000 customers over 1,000 items, beside as many
 * on one stock. Both are judged in turns in one JVM; seconds are those of the processor, since one
 * thread judges and the machine may do other things meanwhile.
 */
final class SaleJudging {
  private static final int ATTEMPTS = 1_000_000;
  private static final int CUSTOMERS = 100_000;
  private static final int ITEMS = 1_000;
  private static final long LIMIT = 3;
  private static final long STOCK = 200_000;
  private static final int BUYERS = 5_000;

  /** Java compiles what is slow in the first. */
  private static final int UNCOUNTED = 5;

  private final boolean quick;
  private final Path work;
  private final Table table;

  SaleJudging(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    Progress.say("judging a sale of many items");
    var output =
        Processes.output(
            work,
            Path.of(Machine.java()),
            "-Xmx2g",
            "-cp",
            Machine.classPath(),
            SaleJudging.class.getName(),
            Integer.toString(quick ? 5 : 15));
    var plain = new ArrayList<Double>();
    var sale = new ArrayList<Double>();
    for (var turn : output.strip().split("\n", -1)) {
      var seconds = turn.split(" ", -1);
      plain.add(Double.parseDouble(seconds[0]));
      sale.add(Double.parseDouble(seconds[1]));
    }
    table.row(
        String.format(
            Locale.ROOT,
            "judging %,d attempts of %,d customers over %,d items, beside as many on one stock",
            ATTEMPTS,
            CUSTOMERS,
            ITEMS),
        Figures.of("%.2f", sale) + " s",
        Figures.of("%.2f", plain) + " s",
        Figures.of("%.2f", Figures.ratios(sale, plain)),
        "2 or less");
  }

  /** {@code TURNS}: prints the seconds of each turn, of one stock and of the sale. */
  public static void main(String[] arguments) {
    var plain = history(1, false);
    var sale = history(ITEMS, true);
    var turns = Integer.parseInt(arguments[0]);
    for (var turn = -UNCOUNTED; turn < turns; turn++) {
      var one = seconds(plain);
      var other = seconds(sale);
      if (turn >= 0) {
        System.out.println(one + " " + other);
      }
    }
  }

  private static double seconds(History history) {
    var threads = ManagementFactory.getThreadMXBean();
    var begin = threads.getCurrentThreadCpuTime();
    var verdict = Verifier.verify(history);
    var end = threads.getCurrentThreadCpuTime();
    if (verdict.result() != Judgement.Result.VALID) {
      throw new IllegalStateException(verdict.toString());
    }
    return (end - begin) / 1e9;
  }

  private static History history(int items, boolean customers) {
    var random = new Random(1);
    var names = Stream.iterate(1, i -> i + 1).limit(items).map(i -> "item-" + i).toList();
    var left = new long[items];
    Arrays.fill(left, STOCK / items);
    var held = new int[CUSTOMERS];
    var ledger = new Ledger();
    for (var i = 0; i < ATTEMPTS; i++) {
      var item = random.nextInt(items);
      var customer = i % CUSTOMERS;
      var outcome = buy(left, item, customers && held[customer] == LIMIT);
      held[customer] += outcome instanceof Outcome.Sold ? 1 : 0;
      var particulars =
          customers
              ? new Particulars(
                  Optional.of(Integer.toString(customer)),
                  Optional.of(names.get(item)),
                  1,
                  Optional.empty(),
                  Optional.empty())
              : Particulars.NONE;
      ledger.append(attempt(i, outcome, random).with(particulars));
    }
    return new History(
        run(customers ? names : List.of()),
        ledger.freeze(),
        List.of(),
        List.of(),
        ending(customers ? names : List.of(), left));
  }

  private static Outcome buy(long[] left, int item, boolean limited) {
    if (limited) {
      return new Outcome.Limited(OptionalLong.empty());
    }
    left[item]--;
    var value = OptionalLong.of(left[item]);
    return left[item] >= 0 ? new Outcome.Sold(value) : new Outcome.SoldOut(value);
  }

  /** As many as there are buyers overlap at each moment. */
  private static Attempt attempt(int number, Outcome outcome, Random random) {
    return new Attempt(
        new UUID(0x0190_0000_0000_7000L + number, random.nextLong()),
        1,
        number % BUYERS,
        OptionalLong.empty(),
        OptionalLong.empty(),
        number,
        OptionalLong.of(number + 1L + random.nextInt(2 * BUYERS)),
        outcome,
        Particulars.NONE);
  }

  private static Run run(List<String> items) {
    var run =
        Run.of(
            new UUID(1, 2),
            Instant.EPOCH,
            "made-up",
            Model.COUNTER,
            "key",
            STOCK,
            BUYERS,
            Optional.empty());
    var stock = new LinkedHashMap<String, Long>();
    items.forEach(item -> stock.put(item, STOCK / items.size()));
    return items.isEmpty() ? run : run.on(new Run.Terms(OptionalLong.of(LIMIT), stock));
  }

  private static Ending ending(List<String> items, long[] left) {
    var byItem = new LinkedHashMap<String, Long>();
    for (var item = 0; item < items.size(); item++) {
      byItem.put(items.get(item), left[item]);
    }
    var total = LongStream.of(left).sum();
    return new Ending(
        Settlement.settled(total), Ending.StopReason.NONE, byItem, OptionalLong.empty());
  }
}
