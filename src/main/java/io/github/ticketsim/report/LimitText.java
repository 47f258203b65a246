package io.github.ticketsim.report;

import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.metrics.LimitResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/** How a run stands to a limit, in words. */
public final class LimitText {
  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.DOWN);

  private LimitText() {}

  /** The figure, and where it lies beyond the bound, by how much. */
  public static String of(LimitResult result) {
    if (result.measured().isEmpty()) {
      return "not measured";
    }
    var measured = result.measured().getAsDouble();
    if (!result.missed()) {
      return figure(result, measured, 0);
    }
    if (result.excess() == 0) {
      return figure(result, measured, 0) + ", at the bound";
    }
    // As many decimals as it takes for the difference to show.
    var decimals = new BigDecimal(result.excess()).round(ONE_DIGIT).scale();
    return figure(result, measured, decimals)
        + ", "
        + figure(result, result.excess(), decimals)
        + (result.limit().above() ? " too much" : " too little");
  }

  private static String figure(LimitResult result, double value, int leastDecimals) {
    return switch (result.limit().metric().unit()) {
      case NANOSECONDS -> Durations.text((long) Math.ceil(value));
      case PIECES -> rounded(value, Math.max(0, leastDecimals));
      case PER_SECOND -> rounded(value, Math.max(0, leastDecimals)) + " a second";
      case PERCENT -> rounded(value, Math.max(2, leastDecimals)) + " %";
    };
  }

  private static String rounded(double value, int decimals) {
    var format = NumberFormat.getInstance(Locale.ROOT);
    format.setRoundingMode(RoundingMode.HALF_UP);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }
}
