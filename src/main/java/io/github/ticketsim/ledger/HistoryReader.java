package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Reads the lines of one history, and says what is wrong with them. */
final class HistoryReader {
  private static final int PLAIN_FORMAT = 1;
  private static final int FORMAT = 2;
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();
  private static final Outcome.Kind[] PLAIN_KINDS =
      Arrays.stream(KINDS)
          .filter(kind -> kind != Outcome.Kind.LIMITED)
          .toArray(Outcome.Kind[]::new);

  private final HistoryLines lines;
  private final long format;
  private final HistoryLine first;
  private final Run run;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();

  /**
   * Reads the first line.
   *
   * @param name of the file or stream
   */
  HistoryReader(HistoryLines lines, String name) throws IOException, HistoryFormatException {
    this.lines = lines;
    this.first =
        lines
            .next()
            .orElseThrow(
                () ->
                    new HistoryFormatException(name, 1, "the file is empty, expected a run line"));
    if (!first.has("type")) {
      throw first.broken("type is missing, expected the run line of a history");
    }
    if (!first.type().equals("run")) {
      throw first.broken("the first line must be the run line, found type '" + first.type() + "'");
    }
    this.format = first.whole("format");
    if (format != PLAIN_FORMAT && format != FORMAT) {
      throw first.broken("format is " + format + ", this reader knows 1 and 2");
    }
    this.run = new RunLine(first, format != PLAIN_FORMAT).run();
  }

  /** Which run it is. */
  Run run() {
    return run;
  }

  /** Says what is wrong with the run line. */
  HistoryFormatException broken(String problem) {
    return first.broken(problem);
  }

  /** Reads the others. */
  History read() throws IOException, HistoryFormatException {
    var ledger = new Ledger();
    var ending = read(ledger, PartClock.EXACT);
    var attempts = ledger.freeze();
    var buyers = buyers(run, attempts);
    if (buyers > run.buyers()) {
      throw first.broken(
          "buyers is %d, but the attempts are those of %d; expected as many or more"
              .formatted(run.buyers(), buyers));
    }
    return new History(run, attempts, faults(), orders(), ending);
  }

  /** The faults that were read. */
  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** The orders that were read. */
  List<Order> orders() {
    return List.copyOf(orders);
  }

  /**
   * Reads the others.
   *
   * @param ledger takes the attempts
   * @param clock leads to the times that they have there
   */
  Ending read(Ledger ledger, PartClock clock) throws IOException, HistoryFormatException {
    Optional<Ending> ending = Optional.empty();
    for (var next = lines.next(); next.isPresent(); next = lines.next()) {
      var line = next.get();
      if (ending.isPresent()) {
        throw line.broken("nothing may follow the end line");
      }
      switch (line.type()) {
        case "buy" -> ledger.append(attempt(line).at(clock));
        case "fault" -> faults.add(fault(line).at(clock));
        case "end" -> ending = Optional.of(ending(line));
        case "run" -> throw line.broken("a second run line; a history has one, the first");
        case "order" -> orders.add(order(line));
        default ->
            throw line.broken(
                "type is '" + line.type() + "', expected one of run, buy, fault, order, end");
      }
    }
    return ending.orElseGet(History::cutOff);
  }

  private Attempt attempt(HistoryLine line) throws HistoryFormatException {
    var kind =
        line.word("outcome", format == PLAIN_FORMAT ? PLAIN_KINDS : KINDS, Outcome.Kind::wireName);
    var value = line.optionalWhole("value");
    var error = line.optionalText("error").orElse("");
    if (value.isEmpty() && run.promisesValue(kind)) {
      throw line.broken(
          "value is missing; in model "
              + run.model().wireName()
              + " every reply '"
              + kind.wireName()
              + "' carries the counter");
    }
    var call = line.nanos("call").orElseThrow(() -> line.missing("call"));
    var returned = line.nanos("return");
    if (returned.isEmpty() && kind.replied()) {
      throw line.missing("return");
    }
    if (returned.isPresent() && returned.getAsLong() < call) {
      throw line.broken("return " + returned.getAsLong() + " is before call " + call);
    }
    var poolWait = line.nanos("pool_wait");
    if (poolWait.isPresent() && poolWait.getAsLong() < 0) {
      throw line.broken(
          "pool_wait is " + poolWait.getAsLong() + ", expected nanoseconds from 0 up");
    }
    var intended = line.nanos("intended");
    if (intended.isPresent() && intended.getAsLong() > call - poolWait.orElse(0)) {
      throw line.broken(
          "intended is %d, later than call less pool_wait, %d"
              .formatted(intended.getAsLong(), call - poolWait.orElse(0)));
    }
    return new Attempt(
        line.uuid("id"),
        line.whole("timestamp"),
        line.natural("buyer"),
        intended,
        poolWait,
        call,
        // When its buyer stopped waiting bounds nothing.
        kind == Outcome.Kind.INDETERMINATE ? OptionalLong.empty() : returned,
        kind.of(value, error),
        format == PLAIN_FORMAT ? Particulars.NONE : particulars(line));
  }

  private static Fault fault(HistoryLine line) throws HistoryFormatException {
    var command = line.optionalWhole("command");
    if (command.isPresent() && command.getAsLong() < 1) {
      throw line.broken("command is " + command.getAsLong() + ", expected a number from 1 up");
    }
    return new Fault(
        line.text("fault"), line.nanos("at"), command, line.optionalText("detail").orElse(""));
  }

  private Ending ending(HistoryLine line) throws HistoryFormatException {
    if (!line.fields().containsKey("left")) {
      throw line.broken("left is missing; it is the counter after the storm, or null");
    }
    var settled = line.flag("settled");
    var byItem = leftByItem(line);
    var left =
        line.nested("left").isEmpty() || format == PLAIN_FORMAT
            ? line.optionalWhole("left")
            : byItem.size() == run.terms().items().size()
                ? OptionalLong.of(RunLine.sum(byItem.values()))
                : OptionalLong.empty();
    var problem = line.optionalText("problem");
    if (problem.isEmpty() && !(settled && left.isPresent())) {
      problem =
          Optional.of(settled ? "the counter could not be read" : "the storm had not settled");
    }
    var cut =
        line.optionalText("cut").isEmpty()
            ? Ending.StopReason.NONE
            : line.word("cut", Ending.StopReason.values(), Ending.StopReason::wireName);
    return new Ending(new Settlement(left, settled, problem), cut, byItem, orderCount(line));
  }

  private Particulars particulars(HistoryLine line) throws HistoryFormatException {
    var item = item(line);
    if (item.isEmpty() && !run.terms().items().isEmpty()) {
      throw line.broken("item is missing; the run line has " + run.terms().items().size());
    }
    var customer = line.optionalName("customer");
    var quantity = quantity(line).orElse(1);
    var key = line.optionalName("key");
    var order = line.optionalName("order");
    return customer.isEmpty() && item.isEmpty() && quantity == 1 && key.isEmpty() && order.isEmpty()
        ? Particulars.NONE
        : new Particulars(customer, item, quantity, key, order);
  }

  /** One of the run line; if it has none, all attempts are about the only item. */
  private Optional<String> item(HistoryLine line) throws HistoryFormatException {
    var items = run.terms().items();
    var item = items.isEmpty() ? Optional.<String>empty() : line.optionalName("item");
    if (item.isPresent() && !items.containsKey(item.get())) {
      throw line.mistyped("item", "one of the " + items.size() + " of the run line", item.get());
    }
    return item;
  }

  private static OptionalInt quantity(HistoryLine line) throws HistoryFormatException {
    if (!line.has("quantity")) {
      return OptionalInt.empty();
    }
    var quantity = line.natural("quantity");
    if (quantity == 0) {
      throw line.mistyped("quantity", "at least 1", quantity);
    }
    return OptionalInt.of(quantity);
  }

  private Order order(HistoryLine line) throws HistoryFormatException {
    if (format == PLAIN_FORMAT) {
      throw line.broken("an order line in format 1, expected format 2 on the run line");
    }
    var id = line.optionalName("order").orElseThrow(() -> line.missing("order"));
    return new Order(id, line.optionalName("customer"), item(line), quantity(line));
  }

  private Map<String, Long> leftByItem(HistoryLine line) throws HistoryFormatException {
    if (format == PLAIN_FORMAT || line.nested("left").isEmpty()) {
      return Map.of();
    }
    var left = RunLine.numbers(line, "left");
    var items = run.terms().items().keySet();
    for (var item : left.keySet()) {
      if (!items.contains(item)) {
        throw line.broken(
            "left is that of item '%s', expected one of the %d of the run line"
                .formatted(item, items.size()));
      }
    }
    return left;
  }

  private OptionalLong orderCount(HistoryLine line) throws HistoryFormatException {
    var count = format == PLAIN_FORMAT ? OptionalLong.empty() : line.optionalWhole("orders");
    if (count.isPresent() && count.getAsLong() != orders.size()) {
      throw line.broken(
          "orders is %d, but there are %d order lines".formatted(count.getAsLong(), orders.size()));
    }
    return count;
  }

  /** How many buyers made the attempts; not counted if all their numbers are small enough. */
  private static long buyers(Run run, Attempts attempts) {
    var size = attempts.size();
    return IntStream.range(0, size).allMatch(i -> attempts.buyer(i) < run.buyers())
        ? run.buyers()
        // Sorted first, in place, since millions in a set would be as many objects.
        : distinct(IntStream.range(0, size).map(attempts::buyer).sorted().toArray());
  }

  private static long distinct(int[] sorted) {
    return IntStream.range(0, sorted.length)
        .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
        .count();
  }
}
