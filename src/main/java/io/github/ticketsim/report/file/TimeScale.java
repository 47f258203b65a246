package io.github.ticketsim.report.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where moments lie in a picture. Long stretches in which nothing was under way are cut short, or a
 * picture of two attempts that are seconds apart would show two dots.
 */
final class TimeScale {

  /** A stretch of time. */
  record Stretch(long from, long to) {}

  /**
   * A stretch in the picture.
   *
   * @param left in percent of the width
   * @param right in percent of the width
   * @param cut whether it is shorter than it was
   */
  record Shown(Stretch stretch, double left, double right, boolean cut) {}

  /** What is longer than this share of the busy time is cut, */
  private static final double LONGEST_SHARE = 0.5;

  /** to this share. */
  private static final double CUT_SHARE = 0.25;

  private static final double LEFT = 1;
  private static final double WIDTH = 98;

  private final List<Shown> shown = new ArrayList<>();

  /**
   * @param busy when something was under way; at least one
   */
  TimeScale(List<Stretch> busy) {
    var merged = merged(busy);
    var total = merged.stream().mapToLong(each -> each.to - each.from).sum();
    var stretches = new ArrayList<Stretch>();
    var weights = new ArrayList<Double>();
    var cuts = new ArrayList<Boolean>();
    for (var each : merged) {
      if (!stretches.isEmpty()) {
        var idle = new Stretch(stretches.getLast().to, each.from);
        var length = (double) (idle.to - idle.from);
        var cut = length > LONGEST_SHARE * total;
        stretches.add(idle);
        weights.add(cut ? CUT_SHARE * total : length);
        cuts.add(cut);
      }
      stretches.add(each);
      weights.add((double) (each.to - each.from));
      cuts.add(false);
    }
    var sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    var at = LEFT;
    for (var i = 0; i < stretches.size(); i++) {
      var width = WIDTH * weights.get(i) / sum;
      shown.add(new Shown(stretches.get(i), at, at + width, cuts.get(i)));
      at += width;
    }
  }

  private static List<Stretch> merged(List<Stretch> busy) {
    var merged = new ArrayList<Stretch>();
    for (var each : busy.stream().sorted(Comparator.comparingLong(Stretch::from)).toList()) {
      var to = Math.max(each.to, each.from + 1);
      if (!merged.isEmpty() && each.from <= merged.getLast().to) {
        var last = merged.removeLast();
        merged.add(new Stretch(last.from, Math.max(last.to, to)));
      } else {
        merged.add(new Stretch(each.from, to));
      }
    }
    return merged;
  }

  /** The stretches, from the left. */
  List<Shown> shown() {
    return shown;
  }

  long from() {
    return shown.getFirst().stretch.from;
  }

  long to() {
    return shown.getLast().stretch.to;
  }

  /** Where {@code nanos} lies, in percent of the width. */
  double at(long nanos) {
    for (var each : shown) {
      if (nanos <= each.stretch.to) {
        var share = (nanos - each.stretch.from) / (double) (each.stretch.to - each.stretch.from);
        return each.left + Math.max(0, share) * (each.right - each.left);
      }
    }
    return shown.getLast().right;
  }
}
