package io.github.ticketsim.run;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.method.MethodStock;
import java.util.List;

/** What a run came from, and so what its user can change for the next one. */
enum Origin {
  /** A storm on a Redis. */
  REDIS,
  /** A storm on an HTTP endpoint. */
  ENDPOINT,
  /** A ticket service, which lasts as long as its clients want. */
  SERVICE,
  /** A storm of the library on a method. */
  METHOD;

  private static final String NO_SALE = "no sale was confirmed";
  private static final String TOO_FEW = "demand never exceeded the stock";
  private static final String UNANSWERED = "too many attempts failed or are indeterminate";

  static Origin of(Run run) {
    if (run.setup().stream().anyMatch(setup -> setup.load().startsWith(RunResult.SERVICE_LOAD))) {
      return SERVICE;
    }
    return switch (run.strategy()) {
      case HttpStock.STRATEGY -> ENDPOINT;
      case MethodStock.STRATEGY -> METHOD;
      default -> REDIS;
    };
  }

  /** The same advice; what it says to change is what the user of this run can change. */
  static List<String> advice(History history, List<String> advice) {
    return advice.stream().map(sentence -> of(history.run()).advice(history, sentence)).toList();
  }

  private String advice(History history, String sentence) {
    if (sentence.startsWith(NO_SALE)) {
      return noSale(history);
    }
    if (sentence.startsWith(TOO_FEW)) {
      return TOO_FEW + "; " + moreDemand();
    }
    if (sentence.startsWith(UNANSWERED)) {
      return sentence.split(";", 2)[0] + "; " + moreReplies();
    }
    return sentence;
  }

  private String noSale(History history) {
    if (history.run().stock() <= 0) {
      return NO_SALE
          + ", and there was nothing to sell; "
          + switch (this) {
            case REDIS -> "preload some stock, or pass --stock";
            case ENDPOINT -> "put tickets on sale in the shop before the storm";
            case SERVICE -> "start the service with --stock";
            case METHOD -> "pass more tickets to TicketStorm.of";
          };
    }
    return history.attempts().size() == 0
        ? NO_SALE
            + ", since nobody tried to buy"
            + (this == SERVICE ? "; send purchases first" : "")
        : NO_SALE + "; " + moreReplies();
  }

  private String moreDemand() {
    return switch (this) {
      case REDIS -> "raise --threads or --purchases, or lower --stock";
      case ENDPOINT -> "raise --threads or --purchases, or put fewer tickets on sale";
      case SERVICE -> "send more purchases than there are tickets";
      case METHOD -> "raise buyers(...) or purchases(...), or put fewer tickets on sale";
    };
  }

  private String moreReplies() {
    return switch (this) {
      case REDIS, ENDPOINT -> "raise --timeout, or see why replies are missing";
      case SERVICE -> "see why Redis does not answer";
      case METHOD -> "see why the method fails or throws";
    };
  }

  String longer() {
    return this == METHOD ? "raise purchases(...)" : "raise --purchases or pass --duration 10s";
  }

  String lessToRecord() {
    return switch (this) {
      case REDIS, ENDPOINT -> "raise it with JAVA_TOOL_OPTIONS=-Xmx... or shorten --duration";
      case SERVICE -> "raise it with JAVA_TOOL_OPTIONS=-Xmx...";
      case METHOD -> "raise -Xmx of the test, or lower purchases(...)";
    };
  }

  String moreAtOnce() {
    return this == SERVICE ? "send more purchases at once" : "raise --threads";
  }
}
