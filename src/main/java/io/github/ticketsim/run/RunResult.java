package io.github.ticketsim.run;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.OrderLoss;
import io.github.ticketsim.verify.Unjudged;
import io.github.ticketsim.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run came to. All but {@code commands} is a function of the history.
 *
 * @param history what happened
 * @param verdict what it proves
 * @param measurements how fast it was
 * @param warnings why the figures deserve doubt
 * @param commands that the server executed meanwhile, if it tells
 * @param orderLoss how much of the order the clocks of several parts cost
 */
public record RunResult(
    History history,
    Judgement verdict,
    Measurements measurements,
    List<Warning> warnings,
    OptionalLong commands,
    Optional<OrderLoss> orderLoss) {

  /** How the load of a ticket service reads in its history; that of a storm reads otherwise. */
  public static final String SERVICE_LOAD = "POST /buy";

  /** Judges and measures {@code history}. */
  public static RunResult of(History history) {
    return of(history, Origin.of(history.run()));
  }

  /** The same for a user who can change what {@code origin} says. */
  static RunResult of(History history, Origin origin) {
    var measurements = Measurements.of(history);
    var orderLoss = OrderLoss.of(history);
    var judged = judged(history);
    var verdict =
        new Judgement(
            judged.result(),
            judged.checks(),
            judged.sold(),
            judged.causes(),
            origin.advice(history, judged.advice()));
    var warnings = Warning.about(history, origin, verdict.result(), measurements);
    return new RunResult(history, verdict, measurements, warnings, OptionalLong.empty(), orderLoss);
  }

  private static Judgement judged(History history) {
    return history.run().division().orElse(null) instanceof Division.OnePart part
        ? Unjudged.part(history, part)
        : Verifier.verify(history);
  }

  /** The same with what the server counted. */
  public RunResult withCommands(OptionalLong counted) {
    return new RunResult(history, verdict, measurements, warnings, counted, orderLoss);
  }
}
