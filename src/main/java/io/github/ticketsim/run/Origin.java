package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.http.HttpStock;
import io.github.ticketsim.stock.method.MethodStock;
import io.github.ticketsim.stock.sql.SqlSale;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.UnclearReplies;
import java.util.List;
import java.util.stream.IntStream;

/** What a run came from, and so what its user can change for the next one. */
enum Origin {
  /** A storm on a Redis. */
  REDIS,
  /** A storm on an HTTP endpoint, or on a database. */
  ENDPOINT,
  /** A ticket service, which lasts as long as its clients want. */
  SERVICE,
  /** A storm of the library on a method. */
  METHOD,
  /** A storm of the library on what a sale file describes. */
  FILE;

  private static final String SERIALIZABLE =
      "set tries in the purchase of the sale file, or raise"
          + " it: a transaction is then begun again if another buyer was faster";

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
  List<Advice> advice(History history, List<Advice> advice) {
    return advice.stream().map(one -> advice(history, one)).toList();
  }

  private Advice advice(History history, Advice advice) {
    return switch (advice) {
      case Advice.Lack lack ->
          new Advice.Other(
              lack.problem()
                  + switch (lack) {
                    case SALES -> noSale(history);
                    case DEMAND -> "; " + moreDemand();
                    case REPLIES -> "; " + moreReplies(history);
                    case LIMIT -> "; " + statedLimit();
                    case CUSTOMERS ->
                        "; " + (this == FILE ? "add the key customers" : "pass --customers");
                  });
      case Advice.Unmatched(var replies) ->
          new Advice.Other(replies.advice(notation()).orElseThrow());
      case Advice.Other said -> said;
    };
  }

  UnclearReplies.Notation notation() {
    return this == FILE ? UnclearReplies.Notation.FILE : UnclearReplies.Notation.OPTIONS;
  }

  /** Why, if that is known, and what to change. */
  private String noSale(History history) {
    if (history.run().stock() <= 0) {
      return ", and there was nothing to sell; "
          + switch (this) {
            case REDIS -> "preload some stock, or pass --stock";
            case ENDPOINT, FILE -> "put tickets on sale in the shop before the storm";
            case SERVICE -> "start the service with --stock";
            case METHOD -> "pass more tickets to TicketStorm.of";
          };
    }
    return history.attempts().size() == 0
        ? ", since nobody tried to buy" + (this == SERVICE ? "; send purchases first" : "")
        : "; " + moreReplies(history);
  }

  private String moreDemand() {
    return switch (this) {
      case REDIS -> "raise --threads or --purchases, or lower --stock";
      case ENDPOINT ->
          "raise --threads (buyers in a sale file) or --purchases, or put fewer tickets on sale";
      case SERVICE -> "send more purchases than there are tickets";
      case METHOD -> "raise buyers(...) or purchases(...), or put fewer tickets on sale";
      case FILE -> "raise the key buyers, or put fewer tickets on sale";
    };
  }

  private String moreReplies(History history) {
    if (mostlyOvertaken(history.attempts())) {
      return SERIALIZABLE;
    }
    return switch (this) {
      case REDIS, ENDPOINT -> "raise --timeout, or see why replies are missing";
      case SERVICE -> "see why Redis does not answer";
      case METHOD -> "see why the method fails or throws";
      case FILE -> "raise timeout(...), or see why replies are missing";
    };
  }

  /** Whether most attempts without an answer failed since other transactions were faster. */
  private static boolean mostlyOvertaken(Attempts attempts) {
    var overtaken =
        IntStream.range(0, attempts.size())
            .filter(i -> attempts.kind(i) == Outcome.Kind.FAILED)
            .filter(i -> attempts.get(i).outcome().error().startsWith(SqlSale.OVERTAKEN))
            .count();
    return overtaken
        > attempts.count(Outcome.Kind.FAILED)
            + attempts.count(Outcome.Kind.INDETERMINATE)
            - overtaken;
  }

  private String statedLimit() {
    return switch (this) {
      case REDIS, ENDPOINT -> "pass --limit";
      case SERVICE -> "a service has none";
      case METHOD -> "pass how many tickets a customer may have to limitPerCustomer(...)";
      case FILE -> "add the key limit";
    };
  }

  String longer() {
    return switch (this) {
      case REDIS, ENDPOINT, SERVICE -> "raise --purchases or pass --duration 10s";
      case METHOD -> "raise purchases(...)";
      case FILE -> "raise the keys buyers and stock";
    };
  }

  String lessToRecord() {
    return switch (this) {
      case REDIS, ENDPOINT -> "raise it with JAVA_TOOL_OPTIONS=-Xmx... or shorten --duration";
      case SERVICE -> "raise it with JAVA_TOOL_OPTIONS=-Xmx...";
      case METHOD -> "raise -Xmx of the test, or lower purchases(...)";
      case FILE -> "raise -Xmx of the test, or lower the key buyers";
    };
  }

  /** For a storm whose buyers waited for connections. */
  String moreConnections() {
    return this == FILE || this == METHOD ? "" : ", or raise --pool";
  }

  String moreAtOnce() {
    return this == SERVICE ? "send more purchases at once" : "raise --threads";
  }
}
