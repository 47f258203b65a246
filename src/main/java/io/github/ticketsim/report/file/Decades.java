package io.github.ticketsim.report.file;

import io.github.ticketsim.report.file.Chart.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * A scale of times on which equal distances are equal ratios, from one power of ten to another.
 *
 * @param low the exponent of the least
 * @param high of the greatest
 */
record Decades(int low, int high) {

  /** One that holds the times from {@code least} to {@code greatest}. */
  static Decades of(long least, long greatest) {
    var low = (int) Math.floor(log(least));
    return new Decades(low, Math.max(low + 1, (int) Math.ceil(log(greatest))));
  }

  /** From 0 at the least to 1 at the greatest. */
  double at(long nanos) {
    return (log(nanos) - low) / (high - low);
  }

  private static double log(long nanos) {
    return Math.log10((double) Math.max(1, nanos));
  }

  List<Tick> ticks() {
    var ticks = new ArrayList<Tick>();
    for (var each = low; each < high; each++) {
      ticks.add(new Tick(at((long) Math.pow(10, each)), word(each)));
    }
    return ticks;
  }

  private static String word(int exponent) {
    var units = List.of("ns", "\u00b5s", "ms", "s");
    var unit = Math.min(exponent / 3, units.size() - 1);
    return "1" + "0".repeat(exponent - 3 * unit) + " " + units.get(unit);
  }
}
