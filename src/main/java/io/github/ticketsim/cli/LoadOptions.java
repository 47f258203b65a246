package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HeapRoom;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.storm.Demand;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.Schedule;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormShare;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who buys how much, when, and over how many connections. */
final class LoadOptions {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int DEFAULT_POOL = 64;
  private static final int DEFAULT_BUYERS = 5_000;
  private static final int DEFAULT_UNDER_WAY = 100_000;
  private static final Duration DEFAULT_OPEN_DURATION = Duration.ofSeconds(10);

  /** What a sale file says, where no option does. */
  private Wants usual = Wants.NONE;

  private StormShare share = StormShare.WHOLE;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Buyers, one virtual thread each. With --rate: the most purchases under way at once.",
        "Default: " + DEFAULT_BUYERS + "; with --rate " + DEFAULT_UNDER_WAY
      })
  private @Nullable Count threads;

  @Option(
      names = "--purchases",
      paramLabel = "N",
      description = {
        "Attempts a buyer, one after the other. Default: 1",
        "With --rate: attempts of all buyers together."
      })
  private @Nullable Count purchases;

  @Option(
      names = "--duration",
      paramLabel = "D",
      description =
          "Buy until then instead, such as 500ms, 10s or 2m. Default: none; with --rate 10s")
  private @Nullable Duration duration;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "An open load: this many purchases a second, each of a new buyer, whether or not earlier"
              + " ones have ended. Default: all buyers at once, each buying again after the reply")
  private @Nullable Count rate;

  @Option(
      names = "--arrivals",
      paramLabel = "ARRIVALS",
      description =
          "How --rate spreads them: ${COMPLETION-CANDIDATES}. Default: poisson, at random as"
              + " people come")
  private Schedule.@Nullable Arrivals arrivals;

  @Option(
      names = "--ramp",
      paramLabel = "D",
      description = "Let --rate rise from 0 during the first D, at most the whole of --duration.")
  private @Nullable Duration ramp;

  @Option(
      names = "--warm-up",
      paramLabel = "D",
      description =
          "Judge the attempts that begin in the first D, but leave them out of latencies;"
              + " throughput and rate are measured from its end.")
  private @Nullable Duration warmUp;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description =
          "Connections in the pool, never more than buyers. Default: "
              + DEFAULT_POOL
              + "; with --pipeline "
              + PipelinedStock.USUAL_CONNECTIONS)
  private @Nullable Count pool;

  @Option(
      names = "--pipeline",
      description =
          "Buyers share the connections: commands that wait at the same moment are written"
              + " together. For strategies of one command, ${bundle:strategies.pipelined}, and for"
              + " a --script.")
  private boolean pipeline;

  /**
   * The storm that the options ask for, or a usage error.
   *
   * @param seed of what is left to chance
   * @param wants what a sale file says of it
   * @param own which part of it is ours
   */
  StormPlan plan(Duration timeout, long seed, Wants wants, StormShare own) {
    usual = wants;
    share = own;
    if (purchases != null && duration != null) {
      throw new UsageException("--purchases and --duration exclude each other; give one of them");
    }
    if (rate == null && (arrivals != null || ramp != null)) {
      throw new UsageException(
          (ramp == null ? "--arrivals" : "--ramp") + ": only with --rate; pass --rate R");
    }
    var load = rate == null ? closed() : open(rate, seed);
    requireTimeAfter(
        warmUp,
        Duration.ofNanos(1),
        "--warm-up: %s leaves nothing to measure of --duration %s; it is the first part of it");
    requireTimeAfter(
        ramp,
        Duration.ZERO,
        "--ramp: %s is longer than --duration %s, and --rate would never be reached; shorten it, or"
            + " pass a longer --duration");
    return StormPlan.patient(load, timeout)
        .withWarmUp(Objects.requireNonNullElse(warmUp, Duration.ZERO))
        .part(share);
  }

  private Load closed() {
    var buyers = buyers();
    var each = inRange("--purchases", purchases, 1, Integer.MAX_VALUE);
    var limit = length();
    var room =
        heapRoom("--threads, --purchases", buyers, limit == null ? (long) buyers * each : buyers);
    return new Load.Closed(
        buyers, limit == null ? new Demand.Purchases(each) : new Demand.Until(limit, room));
  }

  private Load open(Count perSecond, long seed) {
    var schedule =
        new Schedule(
            inRange("--rate", perSecond, 0, Schedule.MOST_PER_SECOND),
            Objects.requireNonNullElse(arrivals, Schedule.Arrivals.POISSON),
            Objects.requireNonNullElse(ramp, Duration.ZERO),
            seed);
    var all = inRange("--purchases", purchases, 1, Integer.MAX_VALUE);
    var limit = length();
    var attempts = limit == null ? all : (long) Math.ceil(schedule.expected(limit));
    var room =
        heapRoom("--rate, --duration, --purchases", (int) Math.min(buyers(), attempts), attempts);
    return new Load.Open(
        schedule,
        limit == null ? new Demand.Purchases(all) : new Demand.Until(limit, room),
        buyers());
  }

  /** How long attempts begin; null where their number is given. */
  private @Nullable Duration length() {
    return duration == null && rate != null && purchases == null ? DEFAULT_OPEN_DURATION : duration;
  }

  /** Warm-up and ramp are parts of the storm, and a rate is reached only after its ramp. */
  private void requireTimeAfter(@Nullable Duration part, Duration least, String problem) {
    var length = length();
    if (part != null && length != null && length.minus(part).compareTo(least) < 0) {
      throw new UsageException(problem.formatted(LoadText.of(part), LoadText.of(length)));
    }
  }

  int connections() {
    var otherwise = pipeline ? PipelinedStock.USUAL_CONNECTIONS : DEFAULT_POOL;
    return Math.min(
        inRange("--pool", pool, otherwise, MOST_CONNECTIONS),
        Math.ceilDiv(buyers(), share.parts()));
  }

  boolean pipeline() {
    return pipeline;
  }

  /** In an open load, how many at once. */
  private int buyers() {
    var otherwise = rate == null ? usual.buyers().orElse(DEFAULT_BUYERS) : DEFAULT_UNDER_WAY;
    return inRange("--threads", threads, otherwise, Load.MOST_BUYERS);
  }

  private static int inRange(String option, @Nullable Count count, int otherwise, int most) {
    return (count == null ? new Count(otherwise) : count).between(option, 1, most);
  }

  /** What our part of so many takes. */
  private int heapRoom(String options, int allBuyers, long allPurchases) {
    var buyers = Math.ceilDiv(allBuyers, share.parts());
    var purchases = Math.ceilDiv(allPurchases, (long) share.parts());
    var attempts = (long) Math.ceil(purchases * (1 + usual.retry().orElse(0)));
    var heap = Runtime.getRuntime().maxMemory();
    var plain = pipeline && rate == null && usual.plain();
    var fit = plain ? HeapRoom.plainAttempts(heap, buyers) : HeapRoom.attempts(heap, buyers);
    var room = Math.min(fit, Ledger.MOST_ATTEMPTS);
    if (attempts > room) {
      throw new UsageException(
          "%s: %d buyers and %d attempts, but this JVM's heap has room for %d attempts; lower them, or raise the heap with JAVA_TOOL_OPTIONS=-Xmx..."
              .formatted(options, buyers, attempts, Math.max(0, room)));
    }
    return (int) room;
  }
}
