package io.github.ticketsim.run;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Ending.StopReason;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.Phase;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.UnclearReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reason to doubt a measurement, with its cause and its remedy.
 *
 * @param code for programs
 * @param text for people
 */
public record Warning(Code code, String text) {

  /** All there are. */
  public enum Code {
    /** The user stopped the storm. */
    INTERRUPTED,
    /** The storm gave up for want of replies. */
    SILENCE,
    /** The storm ended because the heap had no room for more attempts. */
    FULL,
    /** Attempts were proven not to have been executed. */
    FAILED_ATTEMPTS,
    /** The fate of attempts is unknown. */
    INDETERMINATE_ATTEMPTS,
    /** Replies match no rule. */
    UNMATCHED_REPLIES,
    /** Replies match rules of two outcomes. */
    CONFLICTING_REPLIES,
    /** What the shop believes to have sold decides what attempts of unknown fate did. */
    ORDERS_TRUSTED,
    /** The shop did not say what it believes to have sold. */
    ORDERS_UNKNOWN,
    /** The counter could not be read after the storm. */
    COUNTER_UNKNOWN,
    /** Redis lost what it held during the storm, and replies that are missing hide how much. */
    DATA_LOST,
    /** A strategy that is broken on purpose was not caught. */
    NOT_CAUGHT,
    /** Too little time to measure. */
    SHORT_RUN,
    /** Latencies tell of the pool more than of the stock. */
    POOL_QUEUE,
    /** The common clock of several parts was set during the storm. */
    CLOCK_STEPPED,
    /** The clocks of several parts agree much less than the network would allow. */
    CLOCK_UNCERTAIN,
    /** Fewer purchases a second were sent than asked for. */
    RATE_NOT_HELD,
    /** All attempts fell into the warm-up. */
    NOTHING_MEASURED
  }

  /** What a fault says that left a server with less than it had. */
  private static final Pattern LOSS = Pattern.compile("restarted, (?:empty|.*cut back by [1-9])");

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int QUEUE_RATIO = 10;
  private static final double HELD = 0.99;

  static List<Warning> about(
      History history, Origin origin, Result result, Measurements measurements) {
    var warnings = new ArrayList<Warning>();
    if (history.run().brokenOnPurpose() && result == Result.VALID) {
      warnings.add(
          new Warning(
              Code.NOT_CAUGHT,
              words(
                  "%s is broken on purpose, and was not caught: its buyers happened never to meet;"
                      + " try again, or %s",
                  history.run().strategy(), origin.moreAtOnce())));
    }
    dataLost(history, result).ifPresent(warnings::add);
    early(history.ending().stopReason(), origin).ifPresent(warnings::add);
    errors(history, Outcome.Kind.FAILED)
        .map(
            most ->
                new Warning(
                    Code.FAILED_ATTEMPTS,
                    one(history, Outcome.Kind.FAILED, "an attempt", "attempts")
                        + " failed, "
                        + most))
        .ifPresent(warnings::add);
    errors(history, Outcome.Kind.INDETERMINATE)
        .map(
            most ->
                new Warning(
                    Code.INDETERMINATE_ATTEMPTS,
                    "the fate of "
                        + one(history, Outcome.Kind.INDETERMINATE, "an attempt", "some attempts")
                        + " is unknown, "
                        + most))
        .ifPresent(warnings::add);
    var unclear = UnclearReplies.of(history.attempts());
    unclear
        .advice(origin.notation())
        .filter(_ -> result != Result.UNKNOWN || !unclear.mostlyUnmatched())
        .map(text -> new Warning(Code.UNMATCHED_REPLIES, text))
        .ifPresent(warnings::add);
    unclear
        .conflict()
        .map(text -> new Warning(Code.CONFLICTING_REPLIES, text))
        .ifPresent(warnings::add);
    trusted(history).ifPresent(warnings::add);
    history
        .ending()
        .settlement()
        .problem()
        .map(problem -> unread(history, problem))
        .ifPresent(warnings::add);
    if (measurements.warmedUp() > 0 && measurements.warmedUp() == history.attempts().size()) {
      warnings.add(
          new Warning(
              Code.NOTHING_MEASURED,
              "all attempts began in the warm-up, no latency was measured; shorten --warm-up or"
                  + " pass a longer --duration"));
    } else if (origin != Origin.SERVICE && measurements.elapsed().compareTo(SHORT) < 0) {
      warnings.add(
          new Warning(
              Code.SHORT_RUN,
              words(
                  "the storm lasted %.2f s: throughput and percentiles are rough; %s",
                  measurements.elapsed().toNanos() / 1e9, origin.longer())));
    }
    unheld(measurements).ifPresent(warnings::add);
    history.run().division().flatMap(ClockDoubt::about).ifPresent(warnings::add);
    queue(history, origin, measurements).ifPresent(warnings::add);
    return List.copyOf(warnings);
  }

  private static Warning unread(History history, String problem) {
    var settlement = history.ending().settlement();
    return settlement.settled() && settlement.left().isPresent()
        ? new Warning(
            Code.ORDERS_UNKNOWN, "what the shop believes to have sold is not known: " + problem)
        : new Warning(Code.COUNTER_UNKNOWN, "what is left is not known: " + problem);
  }

  private static Optional<Warning> trusted(History history) {
    var unknown = history.attempts().count(Outcome.Kind.INDETERMINATE);
    return unknown == 0
            || history.ending().orders().isEmpty()
            || !history.ending().settlement().settled()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Code.ORDERS_TRUSTED,
                words(
                    "%s of unknown fate took nothing unless an order is theirs: the shop was asked"
                        + " for its orders once it was quiet, and what is still on its way then"
                        + " would be missed",
                    counted(unknown, "attempt"))));
  }

  /** An invalid verdict shows the loss itself. */
  private static Optional<Warning> dataLost(History history, Result result) {
    var unknown = history.attempts().count(Outcome.Kind.INDETERMINATE);
    return history.faults().stream()
        .filter(fault -> result != Result.INVALID && LOSS.matcher(fault.detail()).find())
        .findFirst()
        .map(
            fault ->
                new Warning(
                    Code.DATA_LOST,
                    words(
                        "%s; the verdict is not INVALID only because %s: --persistence always"
                            + " keeps what was sold",
                        fault.detail(),
                        unknown == 0
                            ? "no reply shows what was lost"
                            : words(
                                "%s of unknown fate can explain what was lost",
                                counted(unknown, "attempt")))));
  }

  private static Optional<Warning> early(StopReason reason, Origin origin) {
    return switch (reason) {
      case NONE -> Optional.empty();
      case INTERRUPTED ->
          Optional.of(
              new Warning(
                  Code.INTERRUPTED, "the storm was interrupted: not all attempts were made"));
      case STALLED ->
          Optional.of(
              new Warning(
                  Code.SILENCE,
                  "the storm gave up after too long without a sale or a refusal; see what the"
                      + " server does"));
      case FULL ->
          Optional.of(
              new Warning(
                  Code.FULL,
                  "the storm ended early, the heap had no room to record more; "
                      + origin.lessToRecord()));
    };
  }

  private static String one(History history, Outcome.Kind kind, String one, String more) {
    return history.attempts().count(kind) == 1 ? one : more;
  }

  /** The most frequent error of the attempts that ended in {@code kind}. */
  private static Optional<String> errors(History history, Outcome.Kind kind) {
    var attempts = history.attempts();
    if (attempts.count(kind) == 0) {
      return Optional.empty();
    }
    var counts = new HashMap<String, Integer>();
    for (var i = 0; i < attempts.size(); i++) {
      if (attempts.kind(i) == kind) {
        counts.merge(attempts.get(i).outcome().error(), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .map(
            most ->
                words(
                    "most often (%,d of %,d): %s", most.getValue(), total(counts), most.getKey()));
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Optional<Warning> queue(
      History history, Origin origin, Measurements measurements) {
    var setup = history.run().setup();
    var wait = median(measurements, Phase.POOL_WAIT);
    var roundTrip = median(measurements, Phase.ROUND_TRIP);
    return setup.isPresent()
            && setup.get().pool() < history.run().buyers()
            && wait > QUEUE_RATIO * roundTrip
        ? Optional.of(
            new Warning(
                Code.POOL_QUEUE,
                origin == Origin.SERVICE
                    ? "purchases mostly waited for a turn at Redis: total times tell of that queue;"
                        + " for Redis read round trip, or raise --pool"
                    : words(
                        "%s shared %s and mostly waited for one: %s times tell of that queue; for"
                            + " the server read round trip%s",
                        counted(history.run().buyers(), "buyer"),
                        counted(setup.get().pool(), "connection"),
                        measurements.open() ? "response" : "total",
                        origin.moreConnections())))
        : Optional.empty();
  }

  private static Optional<Warning> unheld(Measurements measurements) {
    var pace = measurements.pace();
    var asked = pace.asked().orElse(0);
    var sent = pace.sent().orElse(asked);
    if (sent >= HELD * asked) {
      return Optional.empty();
    }
    return Optional.of(
        new Warning(
            Code.RATE_NOT_HELD,
            words(
                "the rate was not held: %s a second asked for, as planned for the time measured,"
                    + " %,.0f sent; %s",
                counted(Math.round(asked), "purchase"), sent, cause(measurements, asked))));
  }

  private static String cause(Measurements measurements, double asked) {
    if (measurements.pace().started().orElse(asked) < HELD * asked) {
      return "this machine did not start them in time, or --threads let no more be under way; lower"
          + " --rate, or raise --threads";
    }
    var failed = measurements.percent(Outcome.Kind.FAILED).orElse(0);
    return failed > 100 * (1 - HELD)
        ? words(
            "%.0f %% of the attempts failed, which do not count as sent; see why they did", failed)
        : "they were started in time and waited in line for a connection; lower --rate, or raise"
            + " --pool";
  }

  /** The greatest median among the attempts with a reply. */
  private static long median(Measurements measurements, Phase phase) {
    return measurements.latencies().stream()
        .filter(latency -> latency.phase() == phase && latency.outcome().replied())
        .mapToLong(latency -> latency.times().p50())
        .max()
        .orElse(0);
  }
}
