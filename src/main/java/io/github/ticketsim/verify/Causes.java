package io.github.ticketsim.verify;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Holes.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Guesses at the cause from the sequence of values in a history that is known to be invalid. Each
 * guess names what usually leaves such a trace, and says both where the trace cannot tell.
 */
final class Causes {
  private final Facts facts;
  private final TicketOrder order;
  private final Holes holes;

  Causes(Facts facts, TicketOrder order, Holes holes) {
    this.facts = facts;
    this.order = order;
    this.holes = holes;
  }

  List<Cause> guess() {
    var causes = new ArrayList<Cause>();
    var twins = concurrentTwins();
    if (twins > 0) {
      causes.add(new Cause.SharedValues(twins, facts.model() == Model.COUNTER));
    }
    guessAtSteps(twins > 0, causes);
    guessAtHoles(causes);
    return List.copyOf(causes);
  }

  /** Pairs of attempts that share a value and were under way at the same time. */
  private long concurrentTwins() {
    var twins = 0L;
    for (var from = 0; from < order.size(); ) {
      var to = order.endOf(from);
      if (order.carriesValue(from) && to - from > 1) {
        twins += overlaps(from, to);
      }
      from = to;
    }
    return twins;
  }

  /** Of all pairs at these places, those of which neither returned before the other was called. */
  private long overlaps(int from, int to) {
    var attempts = facts.attempts();
    var calls = IntStream.range(from, to).mapToLong(p -> attempts.callNanos(order.at(p))).toArray();
    var returns =
        IntStream.range(from, to).mapToLong(p -> attempts.returnNanos(order.at(p))).toArray();
    Arrays.sort(calls);
    Arrays.sort(returns);
    var overlaps = 0L;
    var ended = 0;
    for (var begun = 0; begun < calls.length; begun++) {
      while (returns[ended] < calls[begun]) {
        ended++;
      }
      overlaps += begun - ended;
    }
    return overlaps;
  }

  /**
   * A reply is undone when its value, or a higher one, is handed out by an attempt that was called
   * only after it had returned: by then the counter had been lower already.
   */
  private void guessAtSteps(boolean lostUpdates, List<Cause> causes) {
    var latestCalls = latestCalls();
    var undoneSales = 0;
    var undone = 0;
    var from = 0L;
    var to = 0L;
    for (var place = 0; place < order.size(); place++) {
      if (!order.carriesValue(place)) {
        continue;
      }
      var returned = facts.attempts().returnNanos(order.at(place));
      var highest = firstAbove(latestCalls, returned);
      if (highest < 0 || order.valueAt(highest) < order.valueAt(place)) {
        continue;
      }
      undone++;
      undoneSales += order.sold(place) ? 1 : 0;
      if (undone == 1 || order.valueAt(highest) + 1 - order.valueAt(place) > to - from) {
        from = order.valueAt(place);
        to = order.valueAt(highest) + 1;
      }
    }
    if (undone == 0) {
      return;
    }
    causes.add(new Cause.SteppedBack(undoneSales, from, to, raisedBy(lostUpdates)));
  }

  private Cause.Raiser raisedBy(boolean lostUpdates) {
    if (lostUpdates) {
      return Cause.Raiser.LOST_UPDATES;
    }
    return connectionsBroke() ? Cause.Raiser.RESTART_OR_WRITER : Cause.Raiser.WRITER;
  }

  /** Of each place and those before it that carry a value, the latest call. */
  private long[] latestCalls() {
    var latest = new long[order.size()];
    for (var place = 0; place < latest.length; place++) {
      var before = place == 0 ? Long.MIN_VALUE : latest[place - 1];
      latest[place] =
          order.carriesValue(place)
              ? Math.max(before, facts.attempts().callNanos(order.at(place)))
              : before;
    }
    return latest;
  }

  /** The first place whose entry is above {@code bound} in a rising array; -1 if there is none. */
  private static int firstAbove(long[] rising, long bound) {
    var low = 0;
    var high = rising.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (rising[middle] > bound) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < rising.length ? low : -1;
  }

  private void guessAtHoles(List<Cause> causes) {
    var unknown = facts.unknown().length;
    var runs = holes.runs();
    var vanished = vanishedFrom(runs);
    if (vanished > 0) {
      causes.add(new Cause.Vanished(vanished, connectionsBroke()));
    }
    var others = runs.stream().filter(run -> vanished == 0 || run.lowest() != 0).toList();
    var taken = others.stream().mapToLong(Range::length).sum();
    var widest = others.stream().mapToLong(Range::length).max().orElse(0);
    if (taken > unknown) {
      causes.add(
          widest > mostUnderWay() + unknown
              ? new Cause.OtherWriter(taken, widest)
              : new Cause.WriterOrRetry(taken, others.size()));
    }
  }

  /**
   * The value at which the counter was last seen before it read zero all at once, as a missing key
   * does; zero if it did not. Whoever takes many at once does not stop at zero.
   */
  private long vanishedFrom(List<Range> runs) {
    var last = runs.stream().filter(run -> run.lowest() == 0).mapToLong(Range::length).sum();
    var widestOther =
        runs.stream().filter(run -> run.lowest() != 0).mapToLong(Range::length).max().orElse(0);
    return last > facts.unknown().length && last > 2 * widestOther + 1 ? last : 0;
  }

  /** Whether any attempt got no reply that says what became of it, as many do in a restart. */
  private boolean connectionsBroke() {
    return facts.replies() < facts.attempts().size();
  }

  /** How many attempts with a reply were under way at the same time, at the most. */
  private int mostUnderWay() {
    var attempts = facts.attempts();
    var calls = new long[facts.replies()];
    var returns = new long[facts.replies()];
    var size = 0;
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i).replied()) {
        calls[size] = attempts.callNanos(i);
        returns[size++] = attempts.returnNanos(i);
      }
    }
    Arrays.sort(calls);
    Arrays.sort(returns);
    var most = 0;
    var ended = 0;
    for (var begun = 0; begun < size; begun++) {
      while (returns[ended] < calls[begun]) {
        ended++;
      }
      most = Math.max(most, begun + 1 - ended);
    }
    return most;
  }
}
