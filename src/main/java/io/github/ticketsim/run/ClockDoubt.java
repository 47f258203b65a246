package io.github.ticketsim.run;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Division;
import java.util.Optional;

/** Whether the clocks of the parts of a storm tell less of the order than they could. */
final class ClockDoubt {
  private static final double MILLIS = 1e6;

  /** So much worse than the best is no news on a busy machine. */
  private static final int GROWTH = 10;

  private static final long WORTH_TELLING_NANOS = 2_000_000;

  private ClockDoubt() {}

  /** A reason to doubt, if there is one; a step explains why a bound grew. */
  static Optional<Warning> about(Division division) {
    return switch (division) {
      case Division.OnePart part ->
          about(
              "the clock of part " + part.part(),
              part.clock().boundNanos(),
              part.clock().leastNanos(),
              part.clock().steppedNanos());
      case Division.AllParts joined ->
          about(
              "the order of attempts",
              joined.withinNanos(),
              joined.leastNanos(),
              joined.steppedNanos());
    };
  }

  private static Optional<Warning> about(String what, long bound, long least, long stepped) {
    if (stepped > 0) {
      return Optional.of(
          new Warning(
              Warning.Code.CLOCK_STEPPED,
              words(
                  "the clock of the rendezvous was set by %.2f ms during the storm, and so %s is"
                      + " known to within %.2f ms only; keep its time service from setting it",
                  stepped / MILLIS, what, bound / MILLIS)));
    }
    return bound < WORTH_TELLING_NANOS || bound < GROWTH * least
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Code.CLOCK_UNCERTAIN,
                words(
                    "%s is known to within %.2f ms only, and %.2f ms were possible: the rendezvous"
                        + " was slow to answer or out of reach; see the machines and their network",
                    what, bound / MILLIS, least / MILLIS)));
  }
}
