package io.github.ticketsim.report;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Bar;
import io.github.ticketsim.metrics.Latency;
import io.github.ticketsim.metrics.LimitResult;
import io.github.ticketsim.metrics.Pace;
import io.github.ticketsim.verify.Advice;
import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.OrderLoss;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The report as one JSON object, of the shape that {@code report.schema.json} describes. The
 * records here are that shape; call and return are nanoseconds since the storm began.
 */
record JsonReport(
    int format,
    String verdict,
    String headline,
    List<String> causes,
    List<String> advice,
    SoldRange sold,
    List<CheckEntry> checks,
    Map<String, Integer> outcomes,
    List<Faults> faults,
    List<LatencyEntry> latency,
    List<HistogramBar> histogram,
    Throughput throughput,
    @Nullable Rate rate,
    @Nullable PartsEntry parts,
    @Nullable List<LimitEntry> limits,
    RunInputs run,
    @Nullable SetupEntry setup,
    End end,
    List<WarningEntry> warnings,
    @Nullable String saved) {

  private static final int FORMAT = 1;

  /** More than these are found in the history. */
  private static final int MOST_STRIKES = 20;

  record SoldRange(long tickets, long atLeast, long atMost) {}

  record CheckEntry(String name, String status, String detail, List<Receipt> witness) {}

  record Receipt(
      String id,
      long timestamp,
      int buyer,
      long call,
      @JsonText.As("return") @Nullable Long returned,
      String outcome,
      @Nullable Long value,
      @Nullable String error,
      @Nullable String customer,
      @Nullable String item,
      @Nullable Integer quantity,
      @Nullable String key,
      @Nullable String order) {}

  record Faults(String fault, int struck, List<Strike> first, @Nullable String excuse) {}

  record Strike(long at, @Nullable Long command, String detail) {}

  record LatencyEntry(
      String outcome,
      String phase,
      long count,
      long p50Ns,
      long p90Ns,
      long p99Ns,
      long p999Ns,
      long maxNs) {}

  record HistogramBar(long belowNs, long count) {}

  record Throughput(double repliesPerSecond, long elapsedNs) {}

  record Rate(double askedPerSecond, double sentPerSecond) {}

  record PartsEntry(int count, long withinNs, long orderedPairs, long lostPairs) {}

  record LimitEntry(
      String limit, boolean missed, String unit, double bound, @Nullable Double measured) {}

  record RunInputs(
      String id,
      String started,
      String strategy,
      boolean brokenOnPurpose,
      String model,
      String key,
      long stock,
      int buyers,
      @Nullable Long warmUpMs,
      @Nullable Long limit,
      @Nullable Map<String, Long> items) {}

  record SetupEntry(
      String version,
      String server,
      String load,
      int pool,
      long timeoutMs,
      @Nullable Long seed,
      @Nullable Boolean sameRequest) {}

  record End(
      OptionalLong left,
      boolean settled,
      @Nullable String problem,
      String cut,
      @Nullable Map<String, Long> leftByItem,
      @Nullable Long orders) {}

  record WarningEntry(String code, String text) {}

  static JsonReport of(RunReport report) {
    var verdict = report.verdict();
    var run = report.history().run();
    return new JsonReport(
        FORMAT,
        verdict.result().name(),
        report.headline(),
        verdict.causes().stream().map(Cause::text).toList(),
        verdict.advice().stream().map(Advice::text).toList(),
        new SoldRange(Math.max(0, run.stock()), verdict.sold().atLeast(), verdict.sold().atMost()),
        verdict.checks().stream().map(JsonReport::check).toList(),
        outcomes(report),
        FaultGroup.of(report.history().faults()).stream().map(JsonReport::faults).toList(),
        report.measurements().latencies().stream().map(JsonReport::latency).toList(),
        report.measurements().histogram().stream().map(JsonReport::bar).toList(),
        new Throughput(
            report.measurements().throughput(), report.measurements().elapsed().toNanos()),
        rate(report.measurements().pace()),
        report.result().orderLoss().map(JsonReport::parts).orElse(null),
        report.limits().isEmpty() ? null : report.limits().stream().map(JsonReport::limit).toList(),
        inputs(run),
        run.setup().map(JsonReport::setup).orElse(null),
        end(report),
        report.warnings().stream()
            .map(warning -> new WarningEntry(word(warning.code()), warning.text()))
            .toList(),
        report.saved().orElse(null));
  }

  private static CheckEntry check(Check check) {
    return new CheckEntry(
        word(check.name()),
        word(check.status()),
        check.detail(),
        check.witness().stream()
            .flatMap(witness -> witness.attempts().stream())
            .map(JsonReport::receipt)
            .toList());
  }

  private static Receipt receipt(Attempt attempt) {
    return new Receipt(
        attempt.id().toString(),
        attempt.timestampMillis(),
        attempt.buyer(),
        attempt.callNanos(),
        boxed(attempt.returnNanos()),
        attempt.outcome().kind().wireName(),
        boxed(attempt.outcome().value()),
        attempt.outcome().kind().replied() ? null : attempt.outcome().error(),
        attempt.particulars().customer().orElse(null),
        attempt.particulars().item().orElse(null),
        attempt.particulars().quantity() == 1 ? null : attempt.particulars().quantity(),
        attempt.particulars().key().orElse(null),
        attempt.particulars().order().orElse(null));
  }

  private static Map<String, Integer> outcomes(RunReport report) {
    var outcomes = new TreeMap<String, Integer>();
    for (var kind : report.outcomes()) {
      outcomes.put(kind.wireName(), report.count(kind));
    }
    return outcomes;
  }

  private static Faults faults(FaultGroup group) {
    return new Faults(
        group.fault(),
        group.strikes().size(),
        group.strikes().stream().limit(MOST_STRIKES).map(JsonReport::strike).toList(),
        group.strikes().isEmpty() ? group.excuse() : null);
  }

  private static Strike strike(Fault strike) {
    return new Strike(strike.atNanos().orElseThrow(), boxed(strike.command()), strike.detail());
  }

  private static LatencyEntry latency(Latency latency) {
    return new LatencyEntry(
        latency.outcome().wireName(),
        word(latency.phase()),
        latency.times().count(),
        latency.times().p50(),
        latency.times().p90(),
        latency.times().p99(),
        latency.times().p999(),
        latency.times().max());
  }

  private static HistogramBar bar(Bar bar) {
    return new HistogramBar(bar.belowNanos(), bar.count());
  }

  private static @Nullable Rate rate(Pace pace) {
    return pace.asked().isPresent() && pace.sent().isPresent()
        ? new Rate(pace.asked().getAsDouble(), pace.sent().getAsDouble())
        : null;
  }

  private static PartsEntry parts(OrderLoss loss) {
    return new PartsEntry(loss.parts(), loss.withinNanos(), loss.pairs(), loss.lost());
  }

  private static LimitEntry limit(LimitResult result) {
    var limit = result.limit();
    return new LimitEntry(
        limit.text(),
        result.missed(),
        word(limit.metric().unit()),
        limit.bound(),
        result.measured().isPresent() ? (Double) result.measured().getAsDouble() : null);
  }

  private static RunInputs inputs(Run run) {
    return new RunInputs(
        run.id().toString(),
        run.started().toString(),
        run.strategy(),
        run.brokenOnPurpose(),
        run.model().wireName(),
        run.key(),
        run.stock(),
        run.buyers(),
        run.warmUpMillis() > 0 ? (Long) run.warmUpMillis() : null,
        boxed(run.terms().limit()),
        run.terms().items().isEmpty() ? null : run.terms().items());
  }

  private static SetupEntry setup(Run.Setup setup) {
    return new SetupEntry(
        setup.version(),
        setup.server(),
        setup.load(),
        setup.pool(),
        setup.timeoutMillis(),
        boxed(setup.seed()),
        setup.sameRequest() ? Boolean.TRUE : null);
  }

  private static End end(RunReport report) {
    var ending = report.history().ending();
    return new End(
        ending.settlement().left(),
        ending.settlement().settled(),
        ending.settlement().problem().orElse(null),
        ending.stopReason().wireName(),
        ending.leftByItem().isEmpty() ? null : ending.leftByItem(),
        boxed(ending.orders()));
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
