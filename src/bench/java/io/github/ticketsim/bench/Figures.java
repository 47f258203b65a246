package io.github.ticketsim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What several turns come to. */
final class Figures {
  private Figures() {}

  /** The median, and the range where there is one. */
  static String of(String format, List<Double> figures) {
    var sorted = figures.stream().sorted().toList();
    var median = String.format(Locale.ROOT, format, median(figures));
    return sorted.size() == 1
        ? median
        : String.format(
            Locale.ROOT,
            "%s (" + format + " to " + format + ")",
            median,
            sorted.getFirst(),
            sorted.getLast());
  }

  static double median(List<Double> figures) {
    var sorted = figures.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Of each turn, since the machine changes from one to the next. */
  static List<Double> ratios(List<Double> ours, List<Double> beside) {
    var ratios = new ArrayList<Double>();
    for (var turn = 0; turn < ours.size(); turn++) {
      ratios.add(ours.get(turn) / beside.get(turn));
    }
    return ratios;
  }
}
