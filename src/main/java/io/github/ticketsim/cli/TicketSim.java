package io.github.ticketsim.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.github.ticketsim.fault.FaultSpec;
import io.github.ticketsim.fault.FaultSpecs;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.metrics.Regression;
import io.github.ticketsim.metrics.Unit;
import io.github.ticketsim.process.Exit;
import io.github.ticketsim.process.Terminal;
import io.github.ticketsim.sale.Items;
import io.github.ticketsim.sale.Quantity;
import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The top of the command line. */
@Command(
    name = "ticket-sim",
    addMethodSubcommands = false,
    description =
        "Storms a Redis stock key with thousands of buyers and proves from the recorded history"
            + " whether the sale was sound.")
final class TicketSim implements Callable<Integer> {

  /** The commands, in the order in which help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          PreloadCommand.class,
          BuyStormCommand.class,
          ReportCommand.class,
          RunsCommand.class,
          CompareCommand.class,
          ServeCommand.class,
          SelftestCommand.class,
          RedisCommand.class,
          GenerateCompletion.class,
          VersionCommand.class,
          HelpCommand.class);

  /** Those that speak of the others. */
  private static final Set<Class<?>> OF_ALL = Set.of(GenerateCompletion.class, HelpCommand.class);

  private static final Set<String> VERSION = Set.of("-V", "--version", VersionCommand.NAME);

  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && VERSION.contains(arguments[0])) {
      // Needs no command, nor the loggers that exit would look for: both take longer than Java.
      System.out.println(VersionCommand.line());
      if (!System.out.checkError()) {
        return;
      }
    }
    run(arguments);
  }

  private static void run(String[] arguments) {
    try {
      var commandLine = commandLine(arguments);
      var status = execute(commandLine, arguments);
      if (System.out.checkError()) {
        status = Failures.unprinted(commandLine, status);
      }
      (keepsRecords(commandLine) ? Exit.ORDERLY : Exit.chosen())
          .with(status, ExitCode.THRESHOLD.status());
    } catch (RuntimeException | Error e) {
      // Before there are commands, or in telling of an error: uncaught, this would be INVALID.
      System.err.println("ticket-sim: this is a bug in ticket-sim, please report it");
      e.printStackTrace(System.err);
      Exit.ORDERLY.with(ExitCode.INTERNAL.status(), ExitCode.THRESHOLD.status());
    }
  }

  /** The drivers of databases have something to do at the end of the process. */
  private static boolean keepsRecords(CommandLine commandLine) {
    var parsed = commandLine.getParseResult();
    return parsed != null
        && parsed.hasSubcommand()
        && parsed.subcommand().hasMatchedOption(ArchiveOptions.RECORDS);
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

  /**
   * The command line, ready to execute {@code arguments}. Picocli finds options by reflection,
   * which is most of what a start costs: commands that cannot be meant are left out.
   */
  static CommandLine commandLine(String... arguments) {
    var commandLine = new CommandLine(new TicketSim());
    wanted(arguments).forEach(commandLine::addSubcommand);
    commandLine
        .registerConverter(Path.class, TicketSim::path)
        .registerConverter(Count.class, reading(Count::parse))
        .registerConverter(Long.class, reading(Unit::whole))
        .registerConverter(Limit.class, reading(Limit::parse))
        .registerConverter(Regression.class, reading(Regression::parse))
        .registerConverter(Strategies.class, reading(Strategies::parse))
        .registerConverter(RedisStrategy.class, reading(RedisStrategy::parse))
        .registerConverter(FaultSpec.class, reading(FaultSpecs::parse))
        .registerConverter(Items.class, reading(Items::parse))
        .registerConverter(Quantity.class, reading(Quantity::parse))
        .registerConverter(HttpAddress.class, reading(HttpAddress::parse))
        .registerConverter(HttpHeader.class, reading(HttpHeader::parse))
        .registerConverter(ReplyRule.class, reading(ReplyRule::parse))
        .registerConverter(RecordsUrl.class, reading(RecordsUrl::parse))
        .registerConverter(Duration.class, reading(Durations::parse))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(Terminal.coloursHelp() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((exception, _) -> Failures.usage(exception))
        .setExecutionExceptionHandler(Failures::execution);
    commandLine.setResourceBundle(new Strategies.HelpWords());
    adopt(commandLine);
    return commandLine;
  }

  private static List<Class<?>> wanted(String... arguments) {
    var meant = COMMANDS.stream().filter(type -> isNamed(type, arguments)).toList();
    // The complaint that none is meant names all of them too.
    return meant.isEmpty() || OF_ALL.containsAll(meant) ? COMMANDS : meant;
  }

  private static boolean isNamed(Class<?> type, String... arguments) {
    var command = type.getAnnotation(Command.class);
    return arguments.length > 0
        && (command.name().equals(arguments[0])
            || List.of(command.aliases()).contains(arguments[0]));
  }

  /** Gives every command the same help, version and exit codes. */
  private static void adopt(CommandLine commandLine) {
    var spec = commandLine.getCommandSpec();
    if (!spec.helpCommand()) {
      spec.mixinStandardHelpOptions(true).versionProvider(new VersionCommand());
    }
    commandLine.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, OptionSections::of);
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            CommandLine.Model.UsageMessageSpec.keyValuesMap(ExitCode.help().toArray(String[]::new)))
        .sortOptions(false);
    commandLine.getSubcommands().values().forEach(TicketSim::adopt);
  }

  /** What {@code parse} refuses is an error of the user's, in its words. */
  private static <T> ITypeConverter<T> reading(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new TypeConversionException("'" + text + "' is no name of a file");
    }
  }

  /** Without a command: what a user who does not know one needs, and no success. */
  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    commandLine.usage(commandLine.getErr());
    return ExitCode.USAGE.status();
  }
}
