package io.github.ticketsim.report;

import static io.github.ticketsim.report.TextPage.plain;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;

/** An attempt in one line of text. */
public final class ReceiptText {

  private ReceiptText() {}

  /** All that proofs need of it. */
  public static String of(Attempt attempt) {
    return buyer(attempt) + ": " + fate(attempt);
  }

  /** Who asked for what. */
  static String buyer(Attempt attempt) {
    return words("buyer %,d%s", attempt.buyer(), plain(attempt.particulars().words()));
  }

  /** What became of it, and when. */
  static String fate(Attempt attempt) {
    return words(
        "%s, called at %s, %s, id %s",
        outcome(attempt.outcome()),
        seconds(attempt.callNanos()),
        attempt.returnNanos().isPresent()
            ? "returned at " + seconds(attempt.returnNanos().getAsLong())
            : "no reply",
        attempt.id());
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sold(var value) -> "sold" + value(value);
      case Outcome.SoldOut(var value) -> "sold out" + value(value);
      case Outcome.Limited(var value) -> "limited" + value(value);
      case Outcome.Failed(var error) -> "failed (" + plain(error) + ")";
      case Outcome.Indeterminate(var error) -> "indeterminate (" + plain(error) + ")";
    };
  }

  private static String value(OptionalLong value) {
    return value.isPresent() ? words(" with value %,d", value.getAsLong()) : "";
  }

  /** A moment of a run. */
  static String seconds(long nanos) {
    return words("%.6f s", nanos / 1e9);
  }
}
