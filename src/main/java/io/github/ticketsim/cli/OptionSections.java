package io.github.ticketsim.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command in its help. Where they fill more than a screen they stand under
 * headings, and those that everyone needs come first; a heading holds what one class declares.
 */
final class OptionSections {
  private static final int MOST_WITHOUT_HEADINGS = 12;

  /** In the order in which they are shown. */
  private static final List<String> FIRST =
      List.of("--redis", "--embedded", "--stock", "--threads", "--duration", "--strategy");

  /** Each with the classes that declare its options. */
  private enum Section {
    FIRST("Options that everyone needs"),
    LOAD("Who buys, when, and over how many connections", LoadOptions.class),
    SERVICE("The service and its limits", ServeOptions.class),
    REDIS("The Redis that sells", RedisOptions.class, BuyStormCommand.class),
    TARGET("An HTTP endpoint that sells", TargetOptions.class, SaleOptions.class),
    FAULTS("What shall go wrong", FaultOptions.class, SeedOption.class),
    RESULTS(
        "What becomes of the results",
        OutputOptions.class,
        FormatOption.class,
        ArchiveOptions.class,
        LimitOptions.class),
    OTHERS("Others");

    private final String heading;
    private final List<Class<?>> owners;

    Section(String heading, Class<?>... owners) {
      this.heading = heading;
      this.owners = List.of(owners);
    }
  }

  private OptionSections() {}

  static String of(Help help) {
    var options = help.commandSpec().options();
    if (options.size() <= MOST_WITHOUT_HEADINGS) {
      return help.optionList();
    }
    var sections = new EnumMap<Section, List<OptionSpec>>(Section.class);
    options.forEach(
        option -> sections.computeIfAbsent(section(option), _ -> new ArrayList<>()).add(option));
    sections.computeIfPresent(
        Section.FIRST,
        (_, first) ->
            first.stream()
                .sorted(Comparator.comparingInt(option -> FIRST.indexOf(option.longestName())))
                .toList());
    var text = new StringBuilder();
    for (Map.Entry<Section, List<OptionSpec>> section : sections.entrySet()) {
      text.append("%n%s:%n".formatted(section.getKey().heading))
          .append(help.optionListExcludingGroups(section.getValue()));
    }
    return text.toString();
  }

  private static Section section(OptionSpec option) {
    if (FIRST.contains(option.longestName())) {
      return Section.FIRST;
    }
    return Stream.of(Section.values())
        .filter(
            section ->
                option.userObject() instanceof Field field
                    && section.owners.contains(field.getDeclaringClass()))
        .findFirst()
        .orElse(Section.OTHERS);
  }
}
