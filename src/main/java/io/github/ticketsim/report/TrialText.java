package io.github.ticketsim.report;

import io.github.ticketsim.ledger.Order;
import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.run.TriedPurchase;
import io.github.ticketsim.sale.Exchange;
import java.util.List;

/** One purchase, its reply, and what the rules say of it. */
public final class TrialText {

  private TrialText() {}

  /** On several lines. */
  public static String of(TriedPurchase made) {
    var trial = made.exchange();
    var text = new StringBuilder();
    section(text, "request", trial.request().strip());
    section(text, "reply", trial.reply());
    if (!trial.said().isEmpty()) {
      text.append("rules\n");
      for (var said : trial.said()) {
        text.append(
            "  %-9s %-8s %s%n"
                .formatted(
                    said.matches() ? "matches" : "does not", said.meaning().key(), said.rule()));
      }
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
    account(text, made.account());
    return text.append('\n').toString();
  }

  /** What the shop said after the purchase, as far as it was asked. */
  private static void account(StringBuilder text, ShopAccount account) {
    if (account.left().isPresent()) {
      text.append("%nleft      %d".formatted(account.left().getAsLong()));
    }
    account.orders().ifPresent(orders -> text.append("%norders    %s".formatted(orders(orders))));
    account.problem().ifPresent(problem -> text.append("%nnot read  %s".formatted(problem)));
  }

  private static String orders(List<Order> orders) {
    return orders.isEmpty()
        ? "none"
        : "%,d, the last one %s".formatted(orders.size(), words(orders.getLast()));
  }

  private static String words(Order order) {
    var words = new StringBuilder(printable(order.id()));
    order.customer().ifPresent(it -> words.append(", customer ").append(printable(it)));
    order.item().ifPresent(it -> words.append(", item ").append(printable(it)));
    order.quantity().ifPresent(it -> words.append(", quantity ").append(it));
    return words.toString();
  }

  private static String outcome(Exchange trial) {
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
