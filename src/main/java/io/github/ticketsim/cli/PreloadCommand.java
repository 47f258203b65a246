package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "preload", description = "Sets the stock key to the number of tickets to sell.")
final class PreloadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--stock",
      paramLabel = "N",
      required = true,
      description = "How many tickets there are, such as 1000, 5_000, 5k or 1M.")
  private Count stock;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "decr",
      description = "The strategy that will sell: ${COMPLETION-CANDIDATES}. Default: decr")
  private RedisStrategy strategy;

  @Option(
      names = "--force",
      description = "Replace the key too if it holds something else than tickets of that strategy.")
  private boolean force;

  @Mixin private RedisOptions redis;

  @Override
  public Integer call() {
    var key = redis.key();
    try (var access = redis.open();
        var control = access.control(key, redis.timeout())) {
      access.checkPreload(strategy, key, redis.timeout());
      if (!force) {
        control.requireReplaceable(strategy, key);
      }
      var old = control.preload(strategy, key, stock.value());
      var held = old.orElse("(missing)").replaceAll("\\p{Cntrl}", "?");
      spec.commandLine().getOut().println(key + ": " + held + " -> " + stock.value());
      return ExitCode.VALID.status();
    }
  }
}
