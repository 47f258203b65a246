package io.github.ticketsim.metrics;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts the time of a run into windows of equal width, from the first call to the last return. */
final class Windows {
  private final Attempts attempts;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  Windows(Attempts attempts) {
    this.attempts = attempts;
    for (var i = 0; i < attempts.size(); i++) {
      first = Math.min(first, attempts.callNanos(i));
      last = Math.max(last, Math.max(attempts.callNanos(i), end(i)));
    }
  }

  /** At most so many, of a width of 1, 2 or 5 with zeros behind. */
  List<Window> round(int most) {
    var width = 1L;
    while (last > first && Math.floorDiv(last, width) - Math.floorDiv(first, width) >= most) {
      width = Measurements.nextBound(width);
    }
    return cut(Math.floorDiv(first, width) * width, width);
  }

  /** Just so many of any width, for what ended from {@code least} on. */
  List<Window> equal(int count, long least) {
    var from = Math.max(first, least);
    return last < from ? List.of() : cut(from, Math.ceilDiv(last - from + 1, count));
  }

  private long end(int index) {
    return attempts.hasReturn(index) ? attempts.returnNanos(index) : attempts.callNanos(index);
  }

  private List<Window> cut(long from, long width) {
    if (attempts.size() == 0) {
      return List.of();
    }
    var count = (int) ((last - from) / width) + 1;
    var ended = new ArrayList<Map<Outcome.Kind, Long>>();
    var times = new ArrayList<Times>();
    for (var i = 0; i < count; i++) {
      ended.add(new EnumMap<>(Outcome.Kind.class));
      times.add(new Times());
    }
    for (var i = 0; i < attempts.size(); i++) {
      // A return before its call is a record that makes no sense.
      var end = Math.max(attempts.callNanos(i), end(i));
      if (end < from) {
        continue;
      }
      var window = (int) ((end - from) / width);
      var kind = attempts.kind(i);
      ended.get(window).merge(kind, 1L, Long::sum);
      if (kind.replied() && attempts.hasReturn(i) && end >= attempts.beginNanos(i)) {
        times.get(window).add(end - attempts.beginNanos(i));
      }
    }
    var windows = new ArrayList<Window>();
    for (var i = 0; i < count; i++) {
      var each = times.get(i);
      windows.add(
          new Window(
              from + i * width,
              from + (i + 1) * width,
              ended.get(i),
              each.isEmpty() ? Optional.empty() : Optional.of(each.percentiles())));
    }
    return List.copyOf(windows);
  }
}
