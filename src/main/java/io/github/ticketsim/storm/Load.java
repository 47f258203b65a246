package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Ledger;
import java.util.OptionalLong;

/** How buyers come upon the stock. */
public sealed interface Load {

  /** More virtual threads than this help nobody and would need tens of gigabytes. */
  int MOST_BUYERS = 1_000_000;

  /** How much is bought. */
  Demand demand();

  /** How many attempts are to be made; empty where only the time bounds them. */
  default OptionalLong attempts() {
    return switch (this) {
      case Closed(var buyers, Demand.Purchases(var each)) -> OptionalLong.of((long) buyers * each);
      case Open(_, Demand.Purchases(var all), _) -> OptionalLong.of(all);
      case Closed(_, Demand.Until _), Open(_, Demand.Until _, _) -> OptionalLong.empty();
    };
  }

  /**
   * A closed load: all buyers come at once, and make their next attempt after the reply to the
   * last.
   *
   * @param buyers virtual threads, from 1 to {@link #MOST_BUYERS}
   * @param demand what each of them buys
   */
  record Closed(int buyers, Demand demand) implements Load {
    /** How many attempts each buyer makes, unless the time is over before. */
    long mostEach() {
      return switch (demand) {
        case Demand.Purchases(var each) -> each;
        case Demand.Until _ -> Long.MAX_VALUE;
      };
    }

    /**
     * @throws IllegalArgumentException naming what is out of its bounds
     */
    public Closed {
      requireBuyers(buyers);
      if (demand instanceof Demand.Purchases(var each)
          && (each < 1 || (long) each * buyers > Ledger.MOST_ATTEMPTS)) {
        throw new IllegalArgumentException(
            "%d purchases by each of %d buyers, expected at least 1 and at most %d together"
                .formatted(each, buyers, Ledger.MOST_ATTEMPTS));
      }
    }
  }

  /**
   * An open load: attempts begin by a schedule, each of a buyer and on a virtual thread of its own,
   * whether or not earlier ones have ended. None is left out; what is due late begins at once.
   *
   * @param schedule when they begin
   * @param demand what all of them buy together
   * @param mostUnderWay attempts at once, from 1 to {@link #MOST_BUYERS}; whoever would be one more
   *     begins late
   */
  record Open(Schedule schedule, Demand demand, int mostUnderWay) implements Load {
    /**
     * @throws IllegalArgumentException naming what is out of its bounds
     */
    public Open {
      requireBuyers(mostUnderWay);
      if (demand instanceof Demand.Purchases(var all) && (all < 1 || all > Ledger.MOST_ATTEMPTS)) {
        throw new IllegalArgumentException(
            "%d purchases, expected 1 to %d".formatted(all, Ledger.MOST_ATTEMPTS));
      }
    }
  }

  private static void requireBuyers(int buyers) {
    if (buyers < 1 || buyers > MOST_BUYERS) {
      throw new IllegalArgumentException(
          "%d buyers, expected 1 to %d".formatted(buyers, MOST_BUYERS));
    }
  }
}
