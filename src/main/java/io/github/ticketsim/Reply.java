package io.github.ticketsim;

import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/** What a purchase says of itself. */
public final class Reply {
  private final Outcome outcome;
  private final Optional<String> order;

  private Reply(Outcome outcome) {
    this(outcome, Optional.empty());
  }

  private Reply(Outcome outcome, Optional<String> order) {
    this.outcome = outcome;
    this.order = order;
  }

  /** All tickets that were asked for are sold. */
  public static Reply sold() {
    return new Reply(new Outcome.Sold(OptionalLong.empty()));
  }

  /**
   * The same, under an order that must stand among the shop's orders.
   *
   * @param order the shop's own id for it, as in {@link ShopOrder#id}
   */
  public static Reply sold(String order) {
    return new Reply(new Outcome.Sold(OptionalLong.empty()), Optional.of(order));
  }

  /** Fewer tickets were left than were asked for, and none was taken. */
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

  Optional<String> order() {
    return order;
  }

  @Override
  public String toString() {
    return outcome.toString();
  }
}
