package io.github.ticketsim.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command in its help. Where they fill more than a screen they stand under
 * headings, and those that everyone needs come first.
 */
final class OptionSections {
  private static final int MOST_WITHOUT_HEADINGS = 12;

  /** In the order in which they are shown. */
  private static final List<String> FIRST =
      List.of("--redis", "--embedded", "--stock", "--threads", "--duration", "--strategy");

  private static final List<Section> SECTIONS =
      List.of(
          Section.of("Who buys, when, and over how many connections", LoadOptions.class),
          Section.of("The service and its limits", ServeOptions.class),
          Section.of(
              "The Redis that sells",
              RedisOptions.class,
              LoginOptions.class,
              EmbeddedOptions.class,
              BuyStormCommand.class,
              ScriptOptions.class),
          Section.of("An HTTP endpoint that sells", TargetOptions.class, SaleOptions.class),
          Section.of("One storm on many machines", PartOptions.class),
          Section.of("What shall go wrong", FaultOptions.class),
          Section.of(
              "What becomes of the results",
              OutputOptions.class,
              FormatOption.class,
              FileOptions.class,
              ArchiveOptions.class,
              LimitOptions.class));

  /** What some classes declare. */
  private record Section(String heading, List<Class<?>> owners) {
    static Section of(String heading, Class<?>... owners) {
      return new Section(heading, List.of(owners));
    }

    boolean holds(OptionSpec option) {
      return option.userObject() instanceof Field field
          && owners.contains(field.getDeclaringClass());
    }
  }

  private OptionSections() {}

  static String of(Help help) {
    var rest = new ArrayList<>(help.commandSpec().options());
    if (rest.size() <= MOST_WITHOUT_HEADINGS) {
      return help.optionList();
    }
    var first =
        FIRST.stream().map(help.commandSpec()::findOption).filter(Objects::nonNull).toList();
    rest.removeAll(first);
    var text = new StringBuilder(under("Options that everyone needs", first, help));
    for (var section : SECTIONS) {
      var own = rest.stream().filter(section::holds).toList();
      rest.removeAll(own);
      text.append(under(section.heading(), own, help));
    }
    return text.append(under("Others", rest, help)).toString();
  }

  private static String under(String heading, List<OptionSpec> options, Help help) {
    return options.isEmpty()
        ? ""
        : "%n%s:%n".formatted(heading) + help.optionListExcludingGroups(options);
  }
}
