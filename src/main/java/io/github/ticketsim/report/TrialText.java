package io.github.ticketsim.report;

import io.github.ticketsim.stock.http.HttpTrial;

/** One purchase, its reply, and what the rules say of it. */
public final class TrialText {

  private TrialText() {}

  /** On several lines. */
  public static String of(HttpTrial.Exchange trial) {
    var text = new StringBuilder();
    section(text, "request", trial.request().strip());
    section(
        text, "reply", "%d %s%n%n%s".formatted(trial.status(), trial.type(), trial.body()).strip());
    text.append("rules\n");
    for (var said : trial.said()) {
      text.append(
          "  %-9s %-8s %s%n"
              .formatted(
                  said.matches() ? "matches" : "does not", said.meaning().key(), said.rule()));
    }
    trial
        .question()
        .ifPresent(
            question -> {
              text.append('\n');
              section(text, "asked for the result", question.strip());
            });
    text.append("%noutcome   %s".formatted(outcome(trial)));
    trial.order().ifPresent(order -> text.append("%norder     %s".formatted(printable(order))));
    return text.append('\n').toString();
  }

  private static String outcome(HttpTrial.Exchange trial) {
    if (trial.accepted() && trial.question().isEmpty()) {
      return "accepted, which is indeterminate without result; say in the sale file where to ask";
    }
    var outcome = trial.outcome();
    var value = outcome.value();
    return outcome.kind().wireName()
        + (outcome.error().isEmpty() ? "" : ": " + outcome.error())
        + (value.isPresent() ? ", value " + value.getAsLong() : "");
  }

  private static void section(StringBuilder text, String name, String content) {
    text.append(name).append('\n');
    printable(content).lines().forEach(line -> text.append("  ").append(line).append('\n'));
    text.append('\n');
  }

  /** What others wrote must not move the cursor. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n]]", "");
  }
}
