package io.github.ticketsim.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private enum Section {
    FIRST("Options that everyone needs"),
    LOAD("Who buys, when, and over how many connections"),
    SERVICE("The service and its limits"),
    REDIS("The Redis that sells"),
    TARGET("An HTTP endpoint that sells"),
    FAULTS("What shall go wrong"),
    RESULTS("What becomes of the results"),
    OTHERS("Others");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
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
    if (!(option.userObject() instanceof Field field)) {
      return Section.OTHERS;
    }
    var owner = field.getDeclaringClass();
    if (owner == LoadOptions.class) {
      return Section.LOAD;
    } else if (owner == ServeOptions.class) {
      return Section.SERVICE;
    } else if (owner == RedisOptions.class || owner == BuyStormCommand.class) {
      return Section.REDIS;
    } else if (owner == TargetOptions.class || owner == SaleOptions.class) {
      return Section.TARGET;
    } else if (owner == FaultOptions.class || owner == SeedOption.class) {
      return Section.FAULTS;
    }
    return owner == OutputOptions.class
            || owner == FormatOption.class
            || owner == ArchiveOptions.class
            || owner == LimitOptions.class
        ? Section.RESULTS
        : Section.OTHERS;
  }
}
