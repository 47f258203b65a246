package io.github.ticketsim.stock;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole reply that leaves open what became of its attempt, since no rule speaks of it, or rules
 * that contradict each other do. The error of the attempt says it in words that can be read back.
 *
 * @param status of HTTP; 0 if the shop is a Redis
 * @param options that have the rules which match; none or several
 * @param problem why rules could not look into the body
 * @param start of the body, in one line
 */
public record UnclearReply(
    int status, List<String> options, Optional<String> problem, String start) {
  /** How the start of a reply of Redis begins if that is an error. */
  public static final String ERROR = "(error) ";

  private static final String NONE = "no rule";
  private static final String AND = " and ";
  private static final Pattern FORM =
      Pattern.compile(
          "reply(?: ([0-9]{3}))? matches (no rule|[a-z-]+(?: and [a-z-]+)+)(?: \\(([^()]*)\\))?"
              + "(?:: (.*))?");

  /** A word that may be the number of an order, or a time. */
  private static final Pattern NUMBERED = Pattern.compile("\\p{Alpha}*[0-9][\\p{Alnum}_-]*");

  private static final String CUT = "...";

  /** A start that was cut off ends where the length of its numbers says. */
  private static final int SLACK = 20;

  /** A reply of Redis is told from others by a digit or two. */
  private static final int SHORT = 2;

  /** The same in one line. */
  public String words() {
    return "reply%s matches %s%s%s"
        .formatted(
            status == 0 ? "" : " %03d".formatted(status),
            options.isEmpty() ? NONE : String.join(AND, options),
            problem.map(words -> " (" + words + ")").orElse(""),
            start.isEmpty() ? "" : ": " + start);
  }

  /** What {@link #words} said, if it did. */
  public static Optional<UnclearReply> parse(String words) {
    var match = FORM.matcher(words);
    if (!match.matches()) {
      return Optional.empty();
    }
    var options =
        match.group(2).equals(NONE) ? List.<String>of() : List.of(match.group(2).split(AND));
    return Optional.of(
        new UnclearReply(
            match.group(1) == null ? 0 : Integer.parseInt(match.group(1)),
            options,
            Optional.ofNullable(match.group(3)),
            Optional.ofNullable(match.group(4)).orElse("")));
  }

  /** The same for replies that differ in numbers alone; a short one of Redis stays what it is. */
  public UnclearReply alike() {
    if (status == 0 && start.length() <= SHORT) {
      return this;
    }
    var end = start.length() - SLACK;
    var common = start.endsWith(CUT) && end > 0 ? start.substring(0, end) : start;
    return new UnclearReply(status, options, problem, NUMBERED.matcher(common).replaceAll("#"));
  }
}
