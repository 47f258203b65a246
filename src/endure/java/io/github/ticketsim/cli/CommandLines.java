package io.github.ticketsim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code CommandLines N SEED}: N command lines with one mistake in each. Fails at the first that
 * does anything but name the mistake on one line.
 */
final class CommandLines {
  private static final List<String> COMMANDS =
      List.of("storm", "preload", "serve", "redis", "report", "selftest");

  /** Labels of the options whose value is not just any text. */
  private static final Set<String> CHECKED =
      Set.of(
          "N D R URI URL STRATEGY FSYNC ARRIVALS FORMAT FAULT RULE LIMIT BYTES SHARE ITEMS POINTER"
              .concat(" ORIGIN")
              .split(" "));

  private static final List<String> MISTAKES =
      List.of("-1", "abc", "", "1x", "99999999999999999999999", "1..2", "5 5", "0x1F", "\u0000");

  private final Random random;

  private CommandLines(Random random) {
    this.random = random;
  }

  public static void main(String[] arguments) throws Exception {
    var lines = new CommandLines(new Random(Long.parseLong(arguments[1])));
    for (var n = 1; n <= Integer.parseInt(arguments[0]); n++) {
      lines.next(n);
    }
    System.out.println("endure: " + arguments[0] + " command lines named their mistakes");
  }

  private void next(int n) throws Exception {
    var command = any(COMMANDS);
    var option = any(checked(command));
    var line = new ArrayList<>(List.of(command));
    var named = option;
    switch (random.nextInt(8)) {
      case 0 -> line.add(option);
      case 1 -> {
        named = option.substring(0, 4) + "x" + option.substring(4);
        line.add(named + "=1");
      }
      case 2 -> {
        named = "stray-" + random.nextInt(1_000);
        line.add(named);
      }
      default -> line.add(option + "=" + any(MISTAKES));
    }
    // Without it preload would name this instead.
    if (command.equals("preload") && !named.equals("--stock")) {
      line.add("--stock=10");
    }
    var problem = problem(line, named);
    if (!problem.isEmpty()) {
      System.err.println("command line " + n + ", " + line + ": " + problem);
      System.exit(1);
    }
  }

  /** What is wrong, or nothing. */
  private static String problem(List<String> line, String named) throws Exception {
    try {
      var run = BoundedRun.of(line.toArray(String[]::new));
      return run.isRefused() && run.err().contains(named)
          ? ""
          : "ended with %d, or not with one line that names %s%n%s%s"
              .formatted(run.status(), named, run.out(), run.err());
    } catch (TimeoutException e) {
      return "not over in time";
    }
  }

  private static List<String> checked(String command) {
    var parser = TicketSim.commandLine(command).getSubcommands().get(command);
    return Objects.requireNonNull(parser).getCommandSpec().options().stream()
        .filter(option -> CHECKED.contains(option.paramLabel()))
        .map(OptionSpec::longestName)
        .filter(name -> !name.equals("--seed"))
        .toList();
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
