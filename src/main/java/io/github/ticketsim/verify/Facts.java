package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What all rules start from.
 *
 * @param attempts every attempt, as it can be judged
 * @param model what the replies promise
 * @param stock the counter when the storm began; may be negative
 * @param left the counter after the storm, only where it was read settled
 * @param sold how many replies say sold
 * @param refused how many replies say sold out
 * @param limited how many replies say that the customer may have no more; only those with a value
 *     that a rule can judge
 * @param soldTickets how many tickets the sales took
 * @param unknownTickets how many tickets the indeterminate attempts may have taken
 * @param unknown the indeterminate attempts, by call time
 * @param problem why no more can be proven than that something is broken; empty where it can
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and millions must not be boxed.
record Facts(
    Attempts attempts,
    Model model,
    long stock,
    OptionalLong left,
    int sold,
    int refused,
    int limited,
    long soldTickets,
    long unknownTickets,
    int[] unknown,
    Optional<String> problem) {

  static Facts of(History history) {
    return of(history, Sense.of(history.run(), history.attempts()));
  }

  /** Of a history whose replies are known to make the sense that {@code sense} says. */
  static Facts of(History history, Sense sense) {
    var attempts = sense.attempts();
    var settlement = history.ending().settlement();
    return new Facts(
        attempts,
        history.run().model(),
        history.run().stock(),
        settlement.settled() ? settlement.left() : OptionalLong.empty(),
        attempts.count(Outcome.Kind.SOLD),
        attempts.count(Outcome.Kind.SOLD_OUT),
        attempts.count(Outcome.Kind.LIMITED),
        tickets(attempts, Outcome.Kind.SOLD),
        tickets(attempts, Outcome.Kind.INDETERMINATE),
        unknown(attempts),
        sense.problem());
  }

  private static long tickets(Attempts attempts, Outcome.Kind kind) {
    return attempts.single()
        ? attempts.count(kind)
        : IntStream.range(0, attempts.size())
            .filter(i -> attempts.kind(i) == kind)
            .mapToLong(attempts::quantity)
            .sum();
  }

  private static int[] unknown(Attempts attempts) {
    return new Precedence(attempts)
        .sorted(
            attempts.count(Outcome.Kind.INDETERMINATE) == 0
                ? new int[0]
                : attempts.where(i -> attempts.kind(i) == Outcome.Kind.INDETERMINATE));
  }

  /** How many attempts have a reply, and so are known to have been executed. */
  int replies() {
    return sold + refused + limited;
  }

  /** How many tickets the attempts that are known to have been executed asked for. */
  long demand() {
    return attempts.single()
        ? replies()
        : IntStream.range(0, attempts.size())
            .filter(i -> attempts.kind(i).replied())
            .mapToLong(attempts::quantity)
            .sum();
  }

  /**
   * Whether {@code attempt} has a reply with the value that the counter fell to by it. In model
   * bounded a refusal takes nothing, and tells at the most what it found.
   */
  boolean carriesValue(int attempt) {
    return attempts.hasValue(attempt)
        && !(model == Model.BOUNDED && attempts.kind(attempt) != Outcome.Kind.SOLD);
  }

  /**
   * What the counter was right after {@code attempt}, which has a reply. In model bounded a
   * customer at the limit reads the counter, and a refusal without a value found nothing left.
   */
  long valueAfter(int attempt) {
    return carriesValue(attempt) || attempts.kind(attempt) == Outcome.Kind.LIMITED
        ? attempts.value(attempt)
        : floor();
  }

  /** How many tickets are sold if every attempt of unknown fate took what it asked for. */
  long mostSold() {
    return soldTickets + unknownTickets;
  }

  /** How many tickets there are to sell. */
  long tickets() {
    return Math.max(stock, 0);
  }

  /** What a counter that stops at zero reads once nothing is left. */
  long floor() {
    return Math.min(stock, 0);
  }

  /**
   * How many were taken from the counter until it read {@code value}: zero where it never can, and
   * the greatest long where it is more.
   */
  long takenUntil(long value) {
    if (value >= stock) {
      return 0;
    }
    var taken = stock - value;
    return taken < 0 ? Long.MAX_VALUE : taken;
  }

  String oversoldWords() {
    return words(
        "%s confirmed of %s",
        attempts.single()
            ? counted(sold, "sale was", "sales were")
            : counted(soldTickets, "ticket was", "tickets were"),
        counted(tickets(), "ticket"));
  }

  String refusedWords() {
    return refused == 1 ? "a buyer was refused" : "buyers were refused";
  }

  String refusedAndLeftWords(long read) {
    return words(
        "%s, and %s left", refusedWords(), counted(read - floor(), "ticket is", "tickets are"));
  }
}
