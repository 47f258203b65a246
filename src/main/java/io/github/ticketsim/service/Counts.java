package io.github.ticketsim.service;

import io.github.ticketsim.stock.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the service has done so far, for its log and its metrics.
 *
 * <p>The text format of Prometheus is written by hand: the metrics are few, and their names and
 * labels are constants, which need no escaping. A client library would add several jars to save
 * some forty lines, and the log would still need these counts.
 */
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

  /** The counts in the text format of Prometheus, version 0.0.4. */
  public void print(StringBuilder out) {
    head(out, "ticket_sim_purchases_total", "counter", "Purchases tried, by outcome.");
    outcomes.forEach(
        (kind, count) ->
            out.append("ticket_sim_purchases_total{outcome=\"")
                .append(kind.wireName())
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    head(out, "ticket_sim_refused_total", "counter", "Purchases answered with 503, by reason.");
    refusals.forEach(
        (refusal, count) ->
            out.append("ticket_sim_refused_total{reason=\"")
                .append(refusal.wireName())
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    var name = "ticket_sim_purchase_duration_seconds";
    head(out, name, "histogram", "From the arrival of a purchase to its answer, recorded.");
    duration.print(name, out);
    name = "ticket_sim_pool_wait_seconds";
    head(out, name, "histogram", "Wait until it is sent to Redis.");
    poolWait.print(name, out);
  }

  /** The two lines that introduce a metric. */
  public static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
