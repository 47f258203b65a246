package io.github.ticketsim.report.file;

import io.github.ticketsim.verify.Check;

/** What each check asks of a sale, for readers who have never heard of such checks. */
final class PlainRules {

  private PlainRules() {}

  /** The rule in a sentence. */
  static String rule(Check.Name name) {
    return switch (name) {
      case OVERSELL -> "No more tickets are sold than there are.";
      case DUPLICATE_TICKET -> "No ticket is sold to two buyers.";
      case UNDERSELL -> "If anybody is refused, no ticket is left over.";
      case FALSE_SOLD_OUT -> "Nobody is refused while a ticket is left.";
      case REAL_TIME_ORDER ->
          "A buyer that has its answer before another one asks comes before that one.";
      case CONSERVATION -> "The stock falls by what was taken from it, no more and no less.";
      case UNIQUE_ID -> "Each attempt has an id of its own.";
      case LIMIT -> "No customer gets more tickets than the limit.";
      case FALSE_LIMITED -> "No customer is refused as limited that may have more.";
      case IDEMPOTENCY -> "A purchase that is sent twice counts once, with the same answer.";
      case LOST_ORDER -> "The shop has an order for each confirmed sale.";
      case DOUBLE_ORDER -> "No purchase becomes two orders.";
      case GHOST_ORDER -> "Each order of the shop was asked for.";
    };
  }

  /** How the values in the picture show that the rule is broken; empty if it takes no values. */
  static String reading(Check.Name name) {
    return switch (name) {
      case DUPLICATE_TICKET ->
          "The value in an answer is what the counter shows once the ticket is taken. Each ticket"
              + " has a value of its own, so buyers with the same value hold the same ticket.";
      case REAL_TIME_ORDER ->
          "The value falls with every ticket that is taken, so a buyer that asks later must see a"
              + " lower value than one that has its answer already.";
      case OVERSELL -> "Each confirmed sale is a ticket that some buyer counts on.";
      case FALSE_SOLD_OUT, UNDERSELL ->
          "A refusal says that all tickets were gone by then; the record says that they were not.";
      case CONSERVATION ->
          "The value in an answer is what the counter shows once the ticket is taken. Nothing but"
              + " these attempts may lower it, and nothing may raise it.";
      case UNIQUE_ID, LIMIT, FALSE_LIMITED, IDEMPOTENCY, LOST_ORDER, DOUBLE_ORDER, GHOST_ORDER ->
          "";
    };
  }

  /** What follows from the order of the attempts in the picture; empty if that proves nothing. */
  static String conclusion(Check.Name name) {
    return switch (name) {
      case DUPLICATE_TICKET -> "In either order one ticket has two owners. ";
      case REAL_TIME_ORDER -> "The values say the opposite. ";
      default -> "";
    };
  }
}
