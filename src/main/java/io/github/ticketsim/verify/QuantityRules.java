package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * C1 to C4 for purchases of several tickets whose replies carry the counter. A reply with value v
 * to a purchase of q covers the q ticket numbers up to S - v. What lies between two replies is a
 * gap, which indeterminate attempts must have taken to the last ticket: see {@link GapSearch}.
 *
 * <p>A refusal of q without a value needs fewer than q left at some moment: it stands anywhere
 * behind the first reply that leaves fewer. If gaps are filled by attempts of several quantities,
 * the moment inside a gap at which fewer than q are left is not looked for, and the rule is
 * necessary only.
 */
final class QuantityRules implements Rules {
  private static final int NONE = -1;

  private final Facts facts;
  private final Findings findings;

  /** The replies that name their place in the order, by falling value. */
  private final int[] placed;

  /** Refusals without a value, by return. */
  private final int[] refusals;

  /** For each place, and behind the last, the least return from there on. */
  private final long[] deadlines;

  private long gapTickets;
  private Optional<String> open = Optional.empty();

  QuantityRules(Facts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
    var precedence = new Precedence(facts.attempts());
    var replies =
        precedence.sorted(facts.attempts().where(i -> facts.attempts().kind(i).replied()));
    this.placed =
        Ranking.ascending(
            Stream.of(true, false)
                .flatMapToInt(
                    takes ->
                        IntStream.of(replies)
                            .filter(i -> placed(i) && facts.carriesValue(i) == takes))
                .toArray(),
            i -> ~value(i));
    this.refusals =
        Ranking.ascending(
            IntStream.of(replies).filter(i -> !placed(i)).toArray(), facts.attempts()::returnNanos);
    this.deadlines = new long[placed.length + 1];
  }

  private boolean placed(int attempt) {
    return facts.carriesValue(attempt) || facts.attempts().kind(attempt) == Outcome.Kind.LIMITED;
  }

  private long value(int attempt) {
    return facts.attempts().value(attempt);
  }

  private long quantity(int attempt) {
    return facts.attempts().quantity(attempt);
  }

  private long taken(int attempt) {
    return facts.carriesValue(attempt) ? quantity(attempt) : 0;
  }

  private long returned(int attempt) {
    return facts.attempts().returnNanos(attempt);
  }

  private long called(int attempt) {
    return facts.attempts().callNanos(attempt);
  }

  @Override
  public void judge() {
    IntStream.of(placed).forEach(new QuantityOutcomes(facts, findings)::judge);
    var gaps = judgeOverlaps();
    judgeRealTime();
    judgeRead(gaps);
    var tail = judgeRefusals();
    if (!findings.anyFailed()) {
      fill(gaps, tail);
    }
  }

  /** C1, first half: no ticket is covered twice. Returns what no reply covers. */
  private List<GapSearch.Gap> judgeOverlaps() {
    var gaps = new ArrayList<GapSearch.Gap>();
    var previous = facts.stock();
    var holder = NONE;
    for (var place = 0; place < placed.length; place++) {
      var attempt = placed[place];
      var top = value(attempt) + taken(attempt);
      if (top > previous && holder != NONE) {
        var other = holder;
        findings.fail(
            taken(attempt) > 0 && taken(holder) > 0 ? Name.DUPLICATE_TICKET : Name.REAL_TIME_ORDER,
            () ->
                words(
                    "the replies %,d to a purchase of %,d and %,d to one of %,d cover a ticket"
                        + " twice",
                    value(other), quantity(other), value(attempt), quantity(attempt)),
            holder,
            attempt);
      } else if (top < previous) {
        gaps.add(new GapSearch.Gap(previous - top, place));
      }
      if (holder == NONE || value(attempt) < previous) {
        previous = Math.min(previous, value(attempt));
        holder = attempt;
      }
    }
    return gaps;
  }

  /** C3: for positions a &lt; b never return(b) &lt; call(a). */
  private void judgeRealTime() {
    var latest = NONE;
    for (var from = 0; from < placed.length; ) {
      var to = from;
      while (to < placed.length
          && value(placed[to]) == value(placed[from])
          && taken(placed[to]) == 0 == (taken(placed[from]) == 0)) {
        to++;
      }
      for (var place = from; place < to; place++) {
        failIfTooEarly(placed[place], latest);
      }
      for (var place = from; place < to; place++) {
        latest = later(latest, placed[place]);
      }
      from = to;
    }
  }

  private void failIfTooEarly(int attempt, int latest) {
    if (latest != NONE && returned(attempt) < called(latest)) {
      findings.fail(
          facts.attempts().kind(attempt) == Outcome.Kind.SOLD_OUT
                  && facts.attempts().kind(latest) == Outcome.Kind.SOLD
              ? Name.FALSE_SOLD_OUT
              : Name.REAL_TIME_ORDER,
          () -> "a reply came back before the attempt that holds an earlier ticket was even called",
          attempt,
          latest);
    }
  }

  private int later(int attempt, int other) {
    return attempt == NONE || called(other) > called(attempt) ? other : attempt;
  }

  private long lowest() {
    return placed.length == 0
        ? facts.stock()
        : Math.min(facts.stock(), value(placed[placed.length - 1]));
  }

  /** The settled read stands behind every reply; it may leave a last gap. */
  private void judgeRead(List<GapSearch.Gap> gaps) {
    if (facts.left().isEmpty()) {
      return;
    }
    var left = facts.left().getAsLong();
    if (left > lowest()) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter ended at %,d, above the %,d that was seen before", left, lowest()));
    } else if (facts.model() == Model.BOUNDED && left < facts.floor()) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter ended at %,d, but in model bounded it never goes below zero", left));
    } else if (left < lowest()) {
      gaps.add(new GapSearch.Gap(lowest() - left, placed.length));
    }
    var replied = IntStream.of(placed).mapToLong(this::taken).sum();
    if (replied > facts.takenUntil(left)) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "the counter fell by %,d, but replies took %,d",
                  facts.takenUntil(left), replied));
    }
    new QuantityOutcomes(facts, findings).judgeLeft(refusals, left);
  }

  /**
   * Each refusal stands behind the first reply that leaves too few for it. Sets the deadlines, and
   * returns what refusals that no reply explains need behind the last one.
   */
  private List<GapSearch.Tail> judgeRefusals() {
    var tail = new ArrayList<GapSearch.Tail>();
    var latestUpTo = new int[placed.length + 1];
    latestUpTo[0] = NONE;
    for (var place = 0; place < placed.length; place++) {
      latestUpTo[place + 1] = later(latestUpTo[place], placed[place]);
    }
    Arrays.fill(deadlines, Long.MAX_VALUE);
    for (var refusal : refusals) {
      if (facts.stock() < quantity(refusal)) {
        continue;
      }
      var place = firstBelow(quantity(refusal));
      var behind = Math.min(place + 1, placed.length);
      if (place < placed.length && fillersMayDo(place, refusal)) {
        behind = place;
      }
      var latest = latestUpTo[behind];
      if (latest != NONE && returned(refusal) < called(latest)) {
        findings.fail(
            Name.FALSE_SOLD_OUT,
            () ->
                words(
                    "a buyer of %,d was refused while as many were left: a sale that leaves fewer"
                        + " was called only afterwards",
                    quantity(refusal)),
            refusal,
            latest);
      }
      if (behind > 0) {
        deadlines[behind - 1] = Math.min(deadlines[behind - 1], returned(refusal));
      }
      if (place == placed.length && facts.left().isEmpty()) {
        tail.add(new GapSearch.Tail(lowest() - quantity(refusal) + 1, returned(refusal), refusal));
      } else if (place == placed.length && equalQuantities()) {
        // What was read is then the first that is too little, so the last gap comes before it.
        deadlines[place] = Math.min(deadlines[place], returned(refusal));
      }
    }
    for (var place = placed.length - 1; place >= 0; place--) {
      deadlines[place] =
          Math.min(deadlines[place], Math.min(returned(placed[place]), deadlines[place + 1]));
    }
    return tail;
  }

  private boolean equalQuantities() {
    return IntStream.range(0, facts.attempts().size()).mapToLong(this::quantity).distinct().count()
        == 1;
  }

  /** Whether indeterminate attempts in the gap above a place may leave too few before it does. */
  private boolean fillersMayDo(int place, int refusal) {
    var attempt = placed[place];
    var top = value(attempt) + taken(attempt);
    var previous = place == 0 ? facts.stock() : value(placed[place - 1]);
    return top < previous && top < quantity(refusal);
  }

  /** The first place that leaves fewer than {@code wanted}; behind the last if none does. */
  private int firstBelow(long wanted) {
    var low = 0;
    var high = placed.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (value(placed[middle]) < wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** C2 and C4. */
  private void fill(List<GapSearch.Gap> gaps, List<GapSearch.Tail> tail) {
    gapTickets = gaps.stream().mapToLong(GapSearch.Gap::length).sum();
    var search = new GapSearch(facts.attempts(), facts.unknown());
    switch (search.fill(gaps, place -> deadlines[place], tail)) {
      case FOUND -> {
        // Nothing is broken.
      }
      case NONE -> failUnfilled(search, gaps, tail);
      case GIVEN_UP ->
          open =
              Optional.of(
                  words(
                      "whether %,d indeterminate attempts of several quantities took just the"
                          + " tickets that no reply accounts for was not searched to the end; see"
                          + " why replies are missing",
                      facts.unknown().length));
    }
  }

  private void failUnfilled(GapSearch search, List<GapSearch.Gap> gaps, List<GapSearch.Tail> tail) {
    var anyTime = search.fill(gaps, _ -> Long.MAX_VALUE, List.of());
    if (anyTime == GapSearch.Finding.NONE) {
      findings.fail(
          Name.CONSERVATION,
          () ->
              words(
                  "%s taken from the counter that no reply accounts for, and no indeterminate"
                      + " attempts asked for just so many",
                  counted(gapTickets, "ticket was", "tickets were")));
    } else if (!tail.isEmpty()) {
      findings.fail(
          Name.FALSE_SOLD_OUT,
          () -> "a buyer was refused when as many tickets were left as were asked for",
          tail.getFirst().refusal());
    } else {
      findings.fail(
          Name.REAL_TIME_ORDER,
          () ->
              "tickets that no reply holds were taken before the indeterminate attempts that asked"
                  + " for as many were called");
    }
  }

  @Override
  public Judgement.SoldBounds sold() {
    var most = Math.min(facts.tickets(), facts.mostSold());
    var least = Math.min(facts.soldTickets() + (lowest() >= 0 ? gapTickets : 0), most);
    var known = facts.left().isPresent() && facts.left().getAsLong() >= 0;
    return new Judgement.SoldBounds(least, known ? least : most);
  }

  @Override
  public List<Cause> causes() {
    return List.of();
  }

  @Override
  public Optional<String> open() {
    return open;
  }
}
