package io.github.ticketsim.cli;

import io.github.ticketsim.fault.FaultSpec;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top of the command line. */
@Command(
    name = "ticket-sim",
    description =
        "Storms a Redis stock key with thousands of buyers and proves from the recorded history"
            + " whether the sale was sound.",
    subcommands = {
      PreloadCommand.class,
      BuyStormCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      SelftestCommand.class,
      RedisCommand.class,
      GenerateCompletion.class
    })
final class TicketSim implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    var commandLine = commandLine();
    var status = execute(commandLine, arguments);
    System.exit(System.out.checkError() ? Failures.unprinted(commandLine, status) : status);
  }

  /** Executes, and turns whatever goes wrong into an exit status. */
  static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      // Picocli handles exceptions only; uncaught, this would exit with 1, which means INVALID.
      return Failures.bug(commandLine, e);
    }
  }

  /** The command line, ready to execute. */
  static CommandLine commandLine() {
    var commandLine =
        new CommandLine(new TicketSim())
            .registerConverter(Count.class, Count::parse)
            .registerConverter(Limit.class, LimitOptions::parse)
            .registerConverter(Strategies.class, Strategies::parse)
            .registerConverter(RedisStrategy.class, Strategies::parseOne)
            .registerConverter(FaultSpec.class, FaultSpecs::parse)
            .registerConverter(java.time.Duration.class, Durations::parse)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
            .setParameterExceptionHandler(Failures::usage)
            .setExecutionExceptionHandler(Failures::execution);
    adopt(commandLine);
    return commandLine;
  }

  /** Gives every command the same help, version and exit codes. */
  private static void adopt(CommandLine commandLine) {
    commandLine
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new Version())
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            CommandLine.Model.UsageMessageSpec.keyValuesMap(ExitCode.help().toArray(String[]::new)))
        .sortOptions(false);
    commandLine.getSubcommands().values().forEach(TicketSim::adopt);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
