package io.github.ticketsim.service;

import io.github.ticketsim.metrics.Exposition;
import io.github.ticketsim.stock.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the service has done so far, for its log and its metrics. */
public final class Counts {
  private final Map<Outcome.Kind, LongAdder> outcomes = adders(Outcome.Kind.class);
  private final Map<Refusal, LongAdder> refusals = adders(Refusal.class);
  private volatile String lastError = "";
  private final Buckets duration = new Buckets();
  private final Buckets poolWait = new Buckets();

  private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
    var adders = new EnumMap<K, LongAdder>(keys);
    for (var key : keys.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  void attempt(Outcome.Kind kind, long poolWaitNanos, long totalNanos) {
    of(outcomes, kind).increment();
    poolWait.record(poolWaitNanos);
    duration.record(totalNanos);
  }

  /** An attempt went wrong; the last reason is logged. */
  void error(String why) {
    lastError = why;
  }

  String lastError() {
    return lastError;
  }

  /** How many attempts have failed, or have an unknown fate. */
  long errors() {
    return count(Outcome.Kind.FAILED) + count(Outcome.Kind.INDETERMINATE);
  }

  /** Counts an answer with 503. */
  public void refused(Refusal refusal) {
    of(refusals, refusal).increment();
  }

  long count(Outcome.Kind kind) {
    return of(outcomes, kind).sum();
  }

  private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
    return adders.computeIfAbsent(key, _ -> new LongAdder());
  }

  /** The totals in one line; the same line as long as nothing happens. */
  String line() {
    return String.format(
        Locale.ROOT,
        "sold %,d, sold out %,d, failed %,d, unknown %,d, refused %,d",
        count(Outcome.Kind.SOLD),
        count(Outcome.Kind.SOLD_OUT),
        count(Outcome.Kind.FAILED),
        count(Outcome.Kind.INDETERMINATE),
        refusals.values().stream().mapToLong(LongAdder::sum).sum()
            - of(refusals, Refusal.NOT_EXECUTED).sum());
  }

  /** Adds the counts. */
  public void addTo(Exposition out) {
    out.family("ticket_sim_purchases_total", "counter", "Purchases tried, by outcome.");
    outcomes.forEach(
        (kind, count) ->
            out.sample("ticket_sim_purchases_total", count.sum(), "outcome", kind.wireName()));
    out.family("ticket_sim_refused_total", "counter", "Purchases answered with 503, by reason.");
    refusals.forEach(
        (refusal, count) ->
            out.sample("ticket_sim_refused_total", count.sum(), "reason", refusal.wireName()));
    var name = "ticket_sim_purchase_duration_seconds";
    out.family(name, "histogram", "From the arrival of a purchase to its answer, recorded.");
    duration.addTo(name, out);
    name = "ticket_sim_pool_wait_seconds";
    out.family(name, "histogram", "Wait until it is sent to Redis.");
    poolWait.addTo(name, out);
  }
}
