package io.github.ticketsim.storm;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** A load in the words of a report. */
public final class LoadText {

  private LoadText() {}

  /** Such as {@code 2 purchases a buyer}. */
  public static String of(Load load) {
    return switch (load) {
      case Load.Closed(_, Demand.Purchases(var each)) ->
          each + (each == 1 ? " purchase" : " purchases") + " a buyer";
      case Load.Closed(_, Demand.Until(var limit, _)) -> "for " + of(limit);
      case Load.Open open -> of(open);
    };
  }

  private static String of(Load.Open open) {
    var schedule = open.schedule();
    var amount =
        switch (open.demand()) {
          case Demand.Purchases(var all) -> all + " purchases";
          case Demand.Until(var limit, _) -> "for " + of(limit);
        };
    return "%d purchases a second (%s%s) %s, at most %d under way"
        .formatted(
            schedule.perSecond(),
            schedule.arrivals().name().toLowerCase(Locale.ROOT),
            schedule.ramp().isZero() ? "" : ", ramp of " + of(schedule.ramp()),
            amount,
            open.mostUnderWay());
  }

  /** What repeats the times at which attempts begin, where those are left to chance. */
  public static OptionalLong seed(Load load) {
    return load instanceof Load.Open(var schedule, _, _)
            && schedule.arrivals() == Schedule.Arrivals.POISSON
        ? OptionalLong.of(schedule.seed())
        : OptionalLong.empty();
  }

  /** In seconds if that is whole, else in milliseconds. */
  public static String of(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }
}
