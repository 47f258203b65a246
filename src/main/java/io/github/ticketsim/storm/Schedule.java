package io.github.ticketsim.storm;

import java.time.Duration;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * When the attempts of an open load begin, planned ahead of the storm and without regard to it.
 *
 * <p>The arrivals of a process of rate 1 are stretched to the rate wanted: where the expected
 * number of arrivals until time t is L(t), one of them at u comes at the t for which L(t) = u. That
 * turns a Poisson process into one whose rate varies (Çinlar, Introduction to Stochastic Processes,
 * 1975, section 4.7), and even steps into steps that close up along the ramp.
 *
 * @param perSecond the rate after the ramp, from 1 to {@link #MOST_PER_SECOND}
 * @param arrivals how they are spread
 * @param ramp how long the rate rises from 0, in a straight line; zero for none
 * @param seed of Poisson arrivals; the same gives the same
 * @param first how many arrivals of the process of rate 1 the first comes after 0, so that those of
 *     several parts do not come at once
 */
public record Schedule(int perSecond, Arrivals arrivals, Duration ramp, long seed, double first) {

  /** One thread starts no more. */
  public static final int MOST_PER_SECOND = 1_000_000;

  private static final double NANOS = 1e9;

  /** How arrivals are spread over time. */
  public enum Arrivals {
    /** As independent people come: the gaps are random and exponentially distributed. */
    POISSON,
    /** At even steps. */
    CONSTANT;

    /** As users type it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException naming what is out of its bounds
   */
  public Schedule {
    if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "%d a second, expected 1 to %d".formatted(perSecond, MOST_PER_SECOND));
    }
    if (ramp.isNegative()) {
      throw new IllegalArgumentException("ramp " + ramp + " is negative");
    }
  }

  /** The same, beginning at 0. */
  public Schedule(int perSecond, Arrivals arrivals, Duration ramp, long seed) {
    this(perSecond, arrivals, ramp, seed, 0);
  }

  /** How many attempts begin, on average, within {@code length}: L of it. */
  public double expected(Duration length) {
    var seconds = length.toNanos() / NANOS;
    var ramped = rampSeconds();
    return seconds < ramped
        ? perSecond * seconds * seconds / (2 * ramped)
        : perSecond * (seconds - ramped / 2);
  }

  /** Nanoseconds since the storm began, rising, without an end. */
  PrimitiveIterator.OfLong begins() {
    var step = step();
    return new PrimitiveIterator.OfLong() {
      private double expected = first;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public long nextLong() {
        var nanos = Math.round(seconds(expected) * NANOS);
        expected += step.getAsDouble();
        return nanos;
      }
    };
  }

  /** The gaps of the process of rate 1. */
  private DoubleSupplier step() {
    return switch (arrivals) {
      case CONSTANT -> () -> 1;
      case POISSON -> {
        // Its algorithm is part of its contract, and so the seed replays on every Java.
        var random = new Random(seed);
        yield () -> -StrictMath.log1p(-random.nextDouble());
      }
    };
  }

  /** When {@code expected} attempts are to have begun: the inverse of L. */
  private double seconds(double expected) {
    var ramped = rampSeconds();
    return expected < perSecond * ramped / 2
        ? Math.sqrt(2 * ramped * expected / perSecond)
        : expected / perSecond + ramped / 2;
  }

  private double rampSeconds() {
    return ramp.toNanos() / NANOS;
  }
}
