package io.github.ticketsim;

import io.github.ticketsim.stock.Outcome;
import java.util.OptionalLong;

/** What a purchase says of itself. */
public final class Reply {
  private final Outcome outcome;

  private Reply(Outcome outcome) {
    this.outcome = outcome;
  }

  /** A ticket was sold. */
  public static Reply sold() {
    return new Reply(new Outcome.Sold(OptionalLong.empty()));
  }

  /** Nothing was left, and nothing was taken. */
  public static Reply soldOut() {
    return new Reply(new Outcome.SoldOut(OptionalLong.empty()));
  }

  /** This customer may have no more, and nothing was taken. */
  public static Reply limited() {
    return new Reply(new Outcome.Limited(OptionalLong.empty()));
  }

  /**
   * Nothing was executed, and that is certain. If it is not, throw an exception: the attempt is
   * then indeterminate.
   *
   * @param reason in short, for the report
   */
  public static Reply failed(String reason) {
    return new Reply(new Outcome.Failed(reason));
  }

  Outcome outcome() {
    return outcome;
  }

  @Override
  public String toString() {
    return outcome.toString();
  }
}
