package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.sql.RecordsUnavailableException;
import io.github.ticketsim.parts.OtherTermsException;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.process.Stdout;
import io.github.ticketsim.report.FolderUnavailableException;
import io.github.ticketsim.report.file.FileUnavailableException;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.sale.Suggestion;
import io.github.ticketsim.service.AddressUnavailableException;
import io.github.ticketsim.service.OtherSaleException;
import io.github.ticketsim.stock.StockUnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The way from an exception to an exit code. What the user or the environment did becomes one line;
 * all else is a bug of ours and shows its stack trace.
 */
final class Failures {

  private Failures() {}

  static int usage(ParameterException exception) {
    var command = exception.getCommandLine();
    var name = command.getCommandSpec().qualifiedName();
    var problem =
        exception.getArgSpec() instanceof OptionSpec option
                && exception.getCause() instanceof TypeConversionException refused
            ? option.longestName() + ": " + refused.getMessage()
            : String.valueOf(exception.getMessage());
    // A URI in the wrong place must not carry its password into a log.
    problem = problem.replaceAll("://(?!user:password@)\\S*@", "://***@");
    problem = problem.replaceAll("(?i)(password=)[^&\\s']*", "$1***");
    Stderr.say(
        command.getErr(),
        problem + commands(command) + suggestion(exception) + "; see `" + name + " --help`");
    return ExitCode.USAGE.status();
  }

  static int execution(Exception exception, CommandLine command, ParseResult arguments) {
    return switch (exception) {
      case StockUnavailableException _,
          FolderUnavailableException _,
          FileUnavailableException _,
          AddressUnavailableException _,
          RecordsUnavailableException _ ->
          told(command, exception.getMessage(), ExitCode.UNAVAILABLE);
      case RecordsException e ->
          told(command, "--records: " + e.getMessage(), ExitCode.UNAVAILABLE);
      case SaleException _, OtherSaleException _, OtherTermsException _, HistoryFormatException _ ->
          told(command, exception.getMessage(), ExitCode.USAGE);
      case UsageException e ->
          usage(new ParameterException(command, String.valueOf(e.getMessage()), e));
      default -> bug(command, exception);
    };
  }

  /** What could not be printed must not look like success; a reader who left wanted no more. */
  static int unprinted(CommandLine command, int status) {
    var problem = Stdout.problem();
    problem.ifPresent(words -> Stderr.say(command.getErr(), "stdout cannot be written: " + words));
    return problem.isPresent() && status == ExitCode.VALID.status()
        ? ExitCode.UNAVAILABLE.status()
        : status;
  }

  private static int told(CommandLine command, @Nullable String message, ExitCode code) {
    Stderr.say(command.getErr(), message);
    return code.status();
  }

  static int bug(CommandLine command, Throwable cause) {
    Stderr.say(command.getErr(), "this is a bug in ticket-sim, please report it with what follows");
    cause.printStackTrace(command.getErr());
    return ExitCode.INTERNAL.status();
  }

  /** What was probably meant by what is none of the options or commands. */
  private static String suggestion(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    var typed = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    var command = exception.getCommandLine();
    var known =
        typed.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet();
    return Suggestion.of(typed, known).map(word -> "; did you mean " + word + "?").orElse("");
  }

  /** Where only a command could stand, the commands there are. */
  private static String commands(CommandLine command) {
    var names = command.getSubcommands().keySet();
    return names.isEmpty() ? "" : ", expected one of " + String.join(", ", names);
  }
}
