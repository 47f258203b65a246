package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.PieceStore;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SqlPieces;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.parts.CommonTerms;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.parts.Gathering;
import io.github.ticketsim.parts.Meeting;
import io.github.ticketsim.parts.RedisPieces;
import io.github.ticketsim.parts.SchedulerShare;
import io.github.ticketsim.parts.Uploads;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.PartsArchive;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormShare;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that make a storm one part of a greater one. */
final class PartOptions {

  /** What may differ from part to part. */
  private static final Set<String> OF_ONE_PART =
      Set.of(
          "--part",
          "--rendezvous",
          "--rendezvous-timeout",
          "--redis",
          "--pool",
          "--timeout",
          "--fault",
          "--fail-if",
          "--format",
          "--out",
          "--gzip");

  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** A place for histories, and what opens it. */
  private record Upload(String place, Supplier<PieceStore> store) {}

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--parts",
      paramLabel = "N",
      description = {
        "Make one part of a storm that N processes make together, on machines of their own.",
        "--threads, --purchases, --rate and --customers are those of the whole storm.",
        "Default: 1; what Kubernetes (TICKET_SIM_PARTS), Slurm or Swarm says if --rendezvous is"
            + " there"
      })
  private @Nullable Count parts;

  @Option(
      names = "--part",
      paramLabel = "I",
      description = {
        "Which part, from 0 to N - 1. Part 0 preloads --stock and reads what is left.",
        "Default: what the scheduler says, see the manual page parts"
      })
  private @Nullable Count part;

  @Option(
      names = "--rendezvous",
      paramLabel = "URI",
      description = "The Redis in which the parts meet and whose clock they read.")
  private @Nullable String rendezvous;

  @Option(
      names = "--rendezvous-timeout",
      paramLabel = "D",
      defaultValue = "2m",
      description = "How long a part waits for the others. Default: ${DEFAULT-VALUE}")
  private Duration most;

  @Option(
      names = "--upload",
      paramLabel = "URI",
      description =
          "Leave the histories in this Redis, such as that of --rendezvous, or jdbc:postgresql:..."
              + " database: part 0 gathers and judges them, and exits with the verdict.")
  private @Nullable String upload;

  /** Where parts leave their histories; opens it. */
  private Optional<Upload> upload(Duration timeout) {
    var given = upload;
    if (given == null) {
      return Optional.empty();
    }
    if (!share().divided()) {
      throw new UsageException("--upload: only parts leave their histories; pass --parts N");
    }
    if (given.startsWith(RecordsUrl.SCHEME)) {
      var url = UsageException.named("--upload", () -> RecordsUrl.parse(given));
      if (!given.startsWith(POSTGRESQL)) {
        throw new UsageException(
            "--upload: %s is out of reach of other machines; pass redis://... or %s//..."
                .formatted(url.label(), POSTGRESQL));
      }
      return Optional.of(new Upload(url.label(), () -> SqlPieces.open(url)));
    }
    var redis = UsageException.named("--upload", () -> RedisEndpoint.parse(given));
    return Optional.of(new Upload(redis.label(), () -> RedisPieces.connect(redis, timeout)));
  }

  /** Which part is ours; all of the storm if there are no parts. */
  StormShare share() {
    var scheduler = new SchedulerShare(System.getenv());
    if (rendezvous == null && parts == null && part == null) {
      return StormShare.WHOLE;
    }
    var count =
        parts == null
            ? UsageException.named("--parts", scheduler::parts)
            : parts.between("--parts", 1, StormShare.MOST_PARTS);
    if (count > 1 && rendezvous == null) {
      throw new UsageException("--parts: the parts have to meet; pass --rendezvous redis://...");
    }
    var number =
        part == null
            ? UsageException.named("--part", () -> scheduler.part(count))
            : part.between("--part", 0, count - 1);
    return UsageException.named("--part", () -> new StormShare(number, count));
  }

  /** The seed of all parts if none is given, so that they draw as one; empty without parts. */
  OptionalLong seed() {
    if (!share().divided()) {
      return OptionalLong.empty();
    }
    var sum = new CRC32();
    sum.update(terms().getBytes(StandardCharsets.UTF_8));
    return OptionalLong.of(sum.getValue() & Integer.MAX_VALUE);
  }

  /** What cannot be done in parts. */
  void requirePossible(boolean embedded, boolean records, boolean once) {
    if (!share().divided()) {
      return;
    }
    var problem =
        embedded
            ? "--embedded: a private Redis is out of reach of the other parts; pass --redis"
            : records
                ? "--records: a part is no run of its own; leave it out"
                : once ? "--try: leave --parts out" : "";
    if (!problem.isEmpty()) {
      throw new UsageException(problem);
    }
  }

  /**
   * Joins the others; without parts there are none.
   *
   * @param storms how many are to be made in turn
   */
  Companions join(StormPlan plan, int storms, Duration timeout, Interrupts interrupts) {
    var share = share();
    var _ = upload(timeout);
    if (!share.divided()) {
      return Companions.NONE;
    }
    if (storms > 1) {
      throw new UsageException("--strategy: several cannot be stormed in --parts; choose one");
    }
    var _ = UsageException.of(plan::ownLoad);
    var clock = StormClock.system();
    return Gathering.join(
        new Meeting(redis(), timeout, most, share, terms()),
        PurchaseIds.random().next(clock.wall().millis()),
        clock,
        interrupts::interrupted);
  }

  /** Leaves our part for part 0, which puts what all parts come to in the place of its own. */
  void bringTogether(
      List<FinishedRun> finished,
      Companions companions,
      RunArchive runs,
      Duration timeout,
      List<Limit> limits)
      throws InterruptedException {
    var own = finished.getFirst().report().saved().map(Path::of);
    var to = upload(timeout);
    if (to.isEmpty() || own.isEmpty()) {
      return;
    }
    var run = companions.run().orElseThrow();
    var uploads = new Uploads(to.get().place(), to.get().store(), run, companions.share());
    var together = new PartsArchive(uploads, companions, runs);
    if (companions.first()) {
      var strategy = finished.removeFirst().report().history().run().strategy();
      finished.add(together.gather(own.get(), strategy, limits));
    } else {
      together.send(own.get());
    }
  }

  private RedisEndpoint redis() {
    return UsageException.named(
        "--rendezvous", () -> RedisEndpoint.parse(Objects.requireNonNull(rendezvous)));
  }

  /** What all parts must have been given. */
  private String terms() {
    var given = new LinkedHashMap<String, String>();
    for (var matched : command.commandLine().getParseResult().matchedOptions()) {
      if (!OF_ONE_PART.contains(matched.longestName())) {
        given.put(matched.longestName(), value(matched));
      }
    }
    return CommonTerms.of(given);
  }

  private static String value(OptionSpec option) {
    return String.join(" ", option.stringValues());
  }
}
