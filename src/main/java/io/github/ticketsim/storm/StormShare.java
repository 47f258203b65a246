package io.github.ticketsim.storm;

import java.util.OptionalInt;

/**
 * Which part of a storm this process has. Buyers and customers keep the numbers that they have in
 * the whole storm; each of them belongs to exactly one part.
 *
 * @param part from 0 up
 * @param parts how many there are
 */
public record StormShare(int part, int parts) {

  /** All of it. */
  public static final StormShare WHOLE = new StormShare(0, 1);

  /** The script that gathers the parts looks at each of them. */
  public static final int MOST_PARTS = 1_000;

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public StormShare {
    if (parts < 1 || parts > MOST_PARTS) {
      throw new IllegalArgumentException("%d parts, expected 1 to %d".formatted(parts, MOST_PARTS));
    }
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException(
          "part %d of %d, expected 0 to %d".formatted(part, parts, parts - 1));
    }
  }

  /** Whether there are other parts. */
  public boolean divided() {
    return parts > 1;
  }

  /** The first of {@code count} numbers, from 0 up, that belong to this part. */
  public int from(int count) {
    return bound(count, part);
  }

  /** The number behind the last of them. */
  public int to(int count) {
    return bound(count, part + 1);
  }

  private int bound(int count, int before) {
    return (int) ((long) count * before / parts);
  }

  /**
   * The buyers of this part, and its load.
   *
   * @param customers buyer b is customer b mod this; empty if each buyer is one
   * @throws IllegalArgumentException if there is nothing for this part to do
   */
  OwnBuyers of(Load whole, OptionalInt customers) {
    if (!divided()) {
      var round = customers.orElse(Integer.MAX_VALUE);
      return new OwnBuyers(whole, round, round, 0);
    }
    return switch (whole) {
      case Load.Closed(var buyers, var demand) -> {
        var numbers = numbers(OptionalInt.of(buyers), customers);
        var own = required(numbers.before(buyers), "--threads", buyers);
        yield numbers.with(new Load.Closed(own, demand));
      }
      case Load.Open(var schedule, Demand.Purchases(var all), var mostUnderWay) -> {
        var numbers = numbers(OptionalInt.of(all), customers);
        var own = required(numbers.before(all), "--purchases", all);
        yield numbers.with(
            new Load.Open(schedule(schedule), new Demand.Purchases(own), underWay(mostUnderWay)));
      }
      case Load.Open(var schedule, Demand.Until until, var mostUnderWay) ->
          numbers(OptionalInt.empty(), customers)
              .with(new Load.Open(schedule(schedule), until, underWay(mostUnderWay)));
    };
  }

  /**
   * @param buyers how many there are; empty if nobody knows
   */
  private OwnBuyers.Places numbers(OptionalInt buyers, OptionalInt customers) {
    if (customers.isEmpty() && buyers.isEmpty()) {
      return new OwnBuyers.Places(1, parts, part);
    }
    var round = customers.orElseGet(buyers::getAsInt);
    var own = to(round) - from(round);
    return new OwnBuyers.Places(
        required(own, customers.isPresent() ? "--customers" : "--threads", round),
        round,
        from(round));
  }

  private int required(int own, String option, int whole) {
    if (own < 1) {
      throw new IllegalArgumentException(
          "%s: %d among %d parts leave nothing for part %d; raise it, or lower --parts"
              .formatted(option, whole, parts, part));
    }
    return own;
  }

  private int underWay(int most) {
    return Math.max(1, to(most) - from(most));
  }

  private Schedule schedule(Schedule whole) {
    var perSecond = to(whole.perSecond()) - from(whole.perSecond());
    return new Schedule(
        required(perSecond, "--rate", whole.perSecond()),
        whole.arrivals(),
        whole.ramp(),
        whole.seed() + part,
        (double) part / parts);
  }
}
