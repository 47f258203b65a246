package io.github.ticketsim.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a beat showed of all parts.
 *
 * @param status the first word of the reply
 * @param startMicros when all start, on the clock of the Redis; 0 if that is not known yet
 * @param states of each part
 * @param silentMicros since when each was last heard of
 */
record PartsView(String status, long startMicros, List<PartState> states, List<Long> silentMicros) {

  /** Nothing was seen yet. */
  static final PartsView NONE = new PartsView("ok", 0, List.of(), List.of());

  /** A part that has been silent for longer is not waited for. */
  static final long MOST_SILENT_MICROS = 10_000_000;

  static PartsView of(List<String> reply) {
    var states = new ArrayList<PartState>();
    var silent = new ArrayList<Long>();
    for (var i = 2; i + 1 < reply.size(); i += 2) {
      states.add(PartState.of(reply.get(i)));
      silent.add(Long.parseLong(reply.get(i + 1)));
    }
    return new PartsView(
        reply.getFirst(), reply.size() < 2 ? 0 : Long.parseLong(reply.get(1)), states, silent);
  }

  boolean started() {
    return startMicros > 0;
  }

  boolean has(int part, PartState state) {
    return part < states.size() && states.get(part).reached(state);
  }

  boolean silent(int part) {
    return silentMicros.get(part) > MOST_SILENT_MICROS;
  }

  /** Whether all but {@code part} have {@code state}, or are not waited for any more. */
  boolean othersHaveOrAreSilent(PartState state, int part) {
    return !states.isEmpty()
        && IntStream.range(0, states.size()).allMatch(i -> i == part || has(i, state) || silent(i));
  }

  /** Those beside {@code part} that have not {@code state}, in words; blank if all have. */
  String othersWithout(PartState state, int part) {
    return named(i -> i != part && !has(i, state));
  }

  /** Why the storm does not start, in words. */
  String waitedFor() {
    var away = named(i -> states.get(i) == PartState.AWAY);
    var silent = named(i -> states.get(i) != PartState.AWAY && silent(i));
    var slow = named(i -> has(i, PartState.JOINED) && !has(i, PartState.READY) && !silent(i));
    return List.of(
            away.isEmpty() ? "" : away + " of " + states.size() + " did not come",
            silent.isEmpty() ? "" : silent + " came and has not been heard of since",
            slow.isEmpty() ? "" : slow + " came and is not ready")
        .stream()
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private String named(IntPredicate meant) {
    var named = IntStream.range(0, states.size()).filter(meant).boxed().toList();
    return named.isEmpty()
        ? ""
        : (named.size() == 1 ? "part " : "parts ")
            + named.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
