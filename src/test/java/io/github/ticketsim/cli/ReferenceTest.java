package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual's reference of the command line is what the commands say of themselves. */
class ReferenceTest {
  private static final boolean WRITE = Boolean.getBoolean("reference.write");
  private static final Path PAGE = Path.of("src/site/markdown/cli.md");
  private static final Pattern DEFAULT = Pattern.compile("(.*?) *Default: (.+)");

  /** The last columns of picocli's table: an option with its value, and a line about it. */
  private static final int NAME = 3;

  private static final int DESCRIPTION = 4;

  /** No sentence is broken into lines. */
  private static final int WIDE = 1_000;

  @Test
  void theReferenceIsThatOfTheCommands() throws IOException {
    var page = page();
    if (WRITE) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("run `mvn test -Dtest=ReferenceTest -Dreference.write=true` to write it anew")
        .isEqualTo(page);
  }

  private static String page() {
    var commands = TicketSim.commandLine("generate-completion").getCommandSpec().subcommands();
    var sections =
        commands.values().stream()
            .map(CommandLine::getCommandSpec)
            .distinct()
            .filter(command -> !command.usageMessage().hidden())
            .map(ReferenceTest::section);
    return """
    # Options

    Written from `--help` by a test. Every command also has `--help` and `--version`. See [commands](commands.md) for
    how numbers and durations are written.
    """
        + sections.collect(Collectors.joining());
  }

  private static String section(CommandSpec command) {
    command.usageMessage().width(WIDE);
    var help = command.commandLine().getHelp();
    var label = help.createDefaultParamLabelRenderer();
    var rows = new ArrayList<String>();
    for (var parameter : command.positionalParameters()) {
      if (!parameter.hidden()) {
        var lines = help.createDefaultParameterRenderer();
        rows.add(row(lines.render(parameter, label, help.colorScheme()), ""));
      }
    }
    for (var option : command.options()) {
      if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
        var lines = help.createDefaultOptionRenderer();
        rows.add(row(lines.render(option, label, help.colorScheme()), required(option)));
      }
    }
    var table =
        rows.isEmpty()
            ? ""
            : "\n| option | default | meaning |\n| --- | --- | --- |\n" + String.join("", rows);
    return "\n## " + command.name() + "\n\n" + description(command, help) + "\n" + table;
  }

  private static String description(CommandSpec command, Help help) {
    var first = help.description().strip().replaceAll("(?s)\\R.*", "");
    return markdown(first)
        + Arrays.stream(command.aliases())
            .map(" Also `%s`."::formatted)
            .collect(Collectors.joining());
  }

  private static String required(OptionSpec option) {
    return option.required() ? "required" : "";
  }

  private static String row(Text[][] lines, String otherwise) {
    var byDefault = otherwise;
    var meaning = new ArrayList<String>();
    for (var line : lines) {
      var text = line[DESCRIPTION].toString();
      var split = DEFAULT.matcher(text);
      if (split.matches()) {
        assertThat(byDefault).as("a second default of " + lines[0][NAME]).isEmpty();
        byDefault = split.group(2);
        text = split.group(1);
      }
      meaning.add(text);
    }
    var name = lines[0][NAME].toString().strip().replace('=', ' ');
    return "| `%s` | %s | %s |%n"
        .formatted(name, markdown(byDefault), markdown(sentence(meaning)))
        .replace(System.lineSeparator(), "\n");
  }

  private static String sentence(List<String> lines) {
    var text = lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    return text.endsWith(".") ? text : text + ".";
  }

  private static String markdown(String text) {
    return text.replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("(?<![\\w`-])--[a-z]+(-[a-z]+)*", "`$0`")
        .replaceAll("[a-z:]+://[^ ,']*(\\.\\.\\.|[^ ,'.])", "`$0`");
  }
}
