package io.github.ticketsim.cli;

import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.redis.BundledRedis;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.storm.StormClock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "redis",
    description = "Runs the bundled Redis in the foreground until Ctrl-C; it keeps nothing.")
final class RedisCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "6379",
      description = "On 127.0.0.1. Default: ${DEFAULT-VALUE}")
  private Count port;

  @Override
  public Integer call() {
    var free = port.between("--port", 1, MOST_PORT);
    // First, so that a Ctrl-C while Redis starts does not leave it behind.
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status());
        var redis = BundledRedis.start(free, StormClock.system().nanos())) {
      spec.commandLine()
          .getOut()
          .println("Redis is ready on " + redis.endpoint() + ", Ctrl-C stops it");
      var interrupted = new CompletableFuture<Void>();
      interrupts.onFirst(() -> interrupted.complete(null));
      CompletableFuture.anyOf(interrupted, redis.process().onExit()).join();
      if (!interrupts.interrupted()) {
        throw new StockUnavailableException(
            redis.endpoint().label(), "the bundled Redis ended by itself", "start it again");
      }
      return ExitCode.INTERRUPTED.status();
    }
  }
}
