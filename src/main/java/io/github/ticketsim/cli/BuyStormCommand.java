package io.github.ticketsim.cli;

import io.github.ticketsim.report.Comparison;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "buy-storm",
    aliases = "storm",
    description =
        "Lets many buyers buy at once, records every attempt, judges the run and shows the proof."
            + " Exits with the verdict.")
final class BuyStormCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "Preload this many tickets first. Default: sell what the key holds")
  private @Nullable Count stock;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "decr",
      description = {
        "How to buy. Default: ${DEFAULT-VALUE}. Several with commas between, or all, run in turn"
            + " on a fresh stock each and are compared.",
        "Sound: decr, decr-incr, lua, watch, lock, list.",
        "Broken on purpose: get-set, get-decr, short-lock."
      })
  private Strategies strategies;

  @Mixin private LoadOptions load;
  @Mixin private SeedOption seed;
  @Mixin private RedisOptions redis;
  @Mixin private OutputOptions output;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws FolderUnavailableException, InterruptedException {
    var plan = load.plan(redis.timeout(), seed.value());
    var connections = load.connections();
    var key = redis.key();
    if (stock == null && strategies.chosen().size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--strategy: several need a fresh stock each; pass --stock N");
    }
    try (var interrupts = new Interrupts();
        var access = redis.open();
        var control = RedisControl.connect(access.endpoint(), redis.timeout())) {
      var setting =
          new StormRunner.Setting(
              plan,
              load.warmUp(),
              limits.limits(),
              connections,
              stock == null ? OptionalLong.empty() : OptionalLong.of(stock.value()),
              key,
              redis.timeout(),
              access.endpoint(),
              output.out());
      var err = spec.commandLine().getErr();
      var finished = run(new StormRunner(setting, control, interrupts, err), interrupts);
      show(finished);
      finished.forEach(storm -> LimitOptions.tell(storm.report(), err));
      if (!finished.stream().allMatch(StormRunner.Finished::anyExecuted)) {
        Failures.say(err, "every attempt failed; the warnings of the report say why");
      }
      return (interrupts.interrupted() ? ExitCode.INTERRUPTED : exitCode(finished)).status();
    }
  }

  /** All storms in turn; an interrupted one is the last. */
  private List<StormRunner.Finished> run(StormRunner runner, Interrupts interrupts)
      throws FolderUnavailableException, InterruptedException {
    var finished = new ArrayList<StormRunner.Finished>();
    for (RedisStrategy strategy : strategies.chosen()) {
      finished.add(runner.run(strategy));
      if (interrupts.interrupted()) {
        break;
      }
    }
    return finished;
  }

  private void show(List<StormRunner.Finished> finished) {
    if (strategies.chosen().size() == 1) {
      output.print(finished.getFirst().report(), spec);
    } else {
      output.print(
          new Comparison(
              finished.stream()
                  .map(storm -> new Comparison.Row(storm.report(), storm.commands()))
                  .toList()),
          spec);
    }
  }

  /**
   * The worst verdict. Worse than any but INVALID is a run that could not be saved, or one in which
   * every attempt failed: the environment was not ready. Better than any but VALID is a missed
   * limit.
   */
  private static ExitCode exitCode(List<StormRunner.Finished> finished) {
    var codes = finished.stream().map(storm -> LimitOptions.exitCode(storm.report())).toList();
    if (codes.contains(ExitCode.INVALID)) {
      return ExitCode.INVALID;
    }
    if (!finished.stream().allMatch(storm -> storm.saved() && storm.anyExecuted())) {
      return ExitCode.UNAVAILABLE;
    }
    return Stream.of(ExitCode.UNKNOWN, ExitCode.THRESHOLD)
        .filter(codes::contains)
        .findFirst()
        .orElse(ExitCode.VALID);
  }
}
