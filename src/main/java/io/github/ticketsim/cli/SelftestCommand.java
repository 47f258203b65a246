package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.ProgressLine;
import io.github.ticketsim.redis.BundledRedis;
import io.github.ticketsim.report.SelftestReport;
import io.github.ticketsim.run.SelftestStorms;
import io.github.ticketsim.selftest.Matrix;
import io.github.ticketsim.selftest.Selftest;
import io.github.ticketsim.selftest.SelftestProgress;
import io.github.ticketsim.selftest.StormTrials.Contender;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Verifier;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "selftest",
    description =
        "Shows that the verifier catches what it must catch, and accepts what it must accept:"
            + " made-up histories, then storms of every strategy on the bundled Redis. Exits with 0"
            + " if so, else with 1.")
final class SelftestCommand implements Callable<Integer> {
  private static final int MOST_CHOSEN_SEED = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Make the histories of this seed again. Default: another one each time")
  private @Nullable Long seed;

  @Option(names = "--judge-only", description = "Leave out the storms; needs no Redis.")
  private boolean judgeOnly;

  @Mixin private FormatOption format;

  private final Function<History, Judgement> judge;
  private final Predicate<RedisStrategy> sound;

  SelftestCommand() {
    this(Verifier::verify, RedisStrategy::sound);
  }

  /**
   * @param judge on trial
   * @param sound which strategies must sell soundly; the others must be caught
   */
  SelftestCommand(Function<History, Judgement> judge, Predicate<RedisStrategy> sound) {
    this.judge = judge;
    this.sound = sound;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status())) {
      if (judgeOnly) {
        return run(List.of(), interrupts);
      }
      try (var redis = BundledRedis.start(StormClock.system().nanos())) {
        var storms = new SelftestStorms(redis.endpoint(), interrupts::onFirst);
        return run(storms.contenders(sound), interrupts);
      }
    }
  }

  private int run(List<Contender> contenders, Interrupts interrupts) throws InterruptedException {
    var chosen = seed == null ? RandomGenerator.getDefault().nextInt(MOST_CHOSEN_SEED) : seed;
    var selftest = new Selftest(judge, chosen, contenders);
    var matrix = watched(selftest, interrupts);
    format.print(SelftestReport.of(matrix), spec);
    var verdict = matrix.passed() ? ExitCode.VALID : ExitCode.INVALID;
    return (interrupts.interrupted() ? ExitCode.INTERRUPTED : verdict).status();
  }

  private Matrix watched(Selftest selftest, Interrupts interrupts) throws InterruptedException {
    var progress = new SelftestProgress(selftest.steps(), () -> !interrupts.interrupted());
    try (var _ = ProgressLine.ifWatched(progress::line, spec.commandLine().getErr())) {
      return selftest.run(progress);
    }
  }
}
