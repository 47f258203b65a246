package io.github.ticketsim.run;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.stock.sql.SqlSale;
import io.github.ticketsim.verify.Advice;
import java.util.List;

/** What a run came from, and so what its user can change for the next one. */
enum Origin {
  /** A storm on a Redis. */
  REDIS,
  /** A storm on an HTTP endpoint, or on a database. */
  ENDPOINT,
  /** A ticket service, which lasts as long as its clients want. */
  SERVICE,
  /** A storm of the library on a method. */
  METHOD;

  static Origin of(Run run) {
    if (run.setup().stream().anyMatch(setup -> setup.load().startsWith(RunResult.SERVICE_LOAD))) {
      return SERVICE;
    }
    return switch (run.strategy()) {
      case HttpStock.STRATEGY, SqlSale.STRATEGY -> ENDPOINT;
      case MethodStock.STRATEGY -> METHOD;
      default -> REDIS;
    };
  }

  /** The same advice; what it says to change is what the user of this run can change. */
  static List<Advice> advice(History history, List<Advice> advice) {
    return advice.stream().map(one -> of(history.run()).advice(history, one)).toList();
  }

  private Advice advice(History history, Advice advice) {
    return switch (advice) {
      case Advice.Lack lack ->
          new Advice.Other(
              lack.problem()
                  + switch (lack) {
                    case SALES -> noSale(history);
                    case DEMAND -> "; " + moreDemand();
                    case REPLIES -> "; " + moreReplies();
                    case LIMIT -> "; " + statedLimit();
                  });
      case Advice.Other said -> said;
    };
  }

  /** Why, if that is known, and what to change. */
  private String noSale(History history) {
    if (history.run().stock() <= 0) {
      return ", and there was nothing to sell; "
          + switch (this) {
            case REDIS -> "preload some stock, or pass --stock";
            case ENDPOINT -> "put tickets on sale in the shop before the storm";
            case SERVICE -> "start the service with --stock";
            case METHOD -> "pass more tickets to TicketStorm.of";
          };
    }
    return history.attempts().size() == 0
        ? ", since nobody tried to buy" + (this == SERVICE ? "; send purchases first" : "")
        : "; " + moreReplies();
  }

  private String moreDemand() {
    return switch (this) {
      case REDIS -> "raise --threads or --purchases, or lower --stock";
      case ENDPOINT ->
          "raise --threads (buyers in a sale file) or --purchases, or put fewer tickets on sale";
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

  private String statedLimit() {
    return switch (this) {
      case REDIS, ENDPOINT -> "pass --limit";
      case SERVICE -> "a service has none";
      case METHOD -> "pass how many tickets a customer may have to limitPerCustomer(...)";
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
