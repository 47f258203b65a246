package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.metrics.Percentiles;
import io.github.ticketsim.report.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;

/** Storms on Redis, beside redis-benchmark. */
final class Storms {
  private static final int BUYERS = 5_000;
  private static final int COLD_ATTEMPTS = 100_000;
  private static final String KEY = "bench:stock";

  private final boolean quick;
  private final Path work;
  private final Table table;

  Storms(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  /** The default path, its fairness and its first attempts. */
  void decr() throws Exception {
    try (var redis = Redis.start(work)) {
      decr(redis);
    }
  }

  private void decr(Redis redis) throws Exception {
    var each = quick ? 40 : 80;
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    var tails = new ArrayList<Double>();
    var colds = new ArrayList<Double>();
    for (var turn = 0; turn < (quick ? 1 : 5); turn++) {
      Progress.say("DECR, turn " + (turn + 1));
      beside.add(redis.benchmark("-c", "64", "-n", Integer.toString(BUYERS * each)));
      var history = storm(redis, each, "--pool", "64");
      var figures = Measurements.of(history);
      ours.add(figures.throughput());
      tails.add(tail(figures.total().orElseThrow()));
      colds.add(cold(history.attempts()));
    }
    table.row(
        "one `DECR` on a borrowed connection, a second, against `redis-benchmark -c 64`",
        Figures.of("%,.0f", ours),
        Figures.of("%,.0f", beside),
        Figures.of("%.2f", Figures.ratios(ours, beside)),
        "0.95 or more");
    table.row(
        "the same: p99.9 of the whole purchase to its p50",
        "",
        "",
        Figures.of("%.2f", tails),
        "2 or less");
    table.row(
        "the same: first 100,000 of a fresh process, which has rehearsed, a second, to the rest",
        "",
        "",
        Figures.of("%.2f", colds),
        "0.5 or more");
  }

  private static double tail(Percentiles times) {
    return (double) times.p999() / times.p50();
  }

  private static double cold(Attempts attempts) {
    var returns = new long[attempts.size()];
    for (var i = 0; i < returns.length; i++) {
      returns[i] = attempts.returnNanos(i);
    }
    Arrays.sort(returns);
    var rest = returns.length - COLD_ATTEMPTS;
    var first = (double) COLD_ATTEMPTS / returns[COLD_ATTEMPTS - 1];
    return first / ((double) rest / (returns[returns.length - 1] - returns[COLD_ATTEMPTS - 1]));
  }

  /** Shared connections. */
  void pipeline() throws Exception {
    try (var redis = Redis.start(work)) {
      pipeline(redis);
    }
  }

  private void pipeline(Redis redis) throws Exception {
    var each = quick ? 200 : 400;
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var turn = 0; turn < (quick ? 1 : 5); turn++) {
      Progress.say("pipeline, turn " + (turn + 1));
      beside.add(redis.benchmark("-c", "50", "-P", "64", "-n", Integer.toString(BUYERS * each)));
      ours.add(Measurements.of(storm(redis, each, "--pipeline")).throughput());
    }
    table.row(
        "`--pipeline`, a second, against `redis-benchmark -c 50 -P 64`",
        Figures.of("%,.0f", ours),
        Figures.of("%,.0f", beside),
        Figures.of("%.2f", Figures.ratios(ours, beside)),
        "1 or more");
  }

  private History storm(Redis redis, int purchases, String... options) throws Exception {
    var out = work.resolve("runs");
    Processes.ticketSim(
        work,
        Stream.concat(
                Stream.of(
                    "storm",
                    "--redis",
                    redis.uri(),
                    "--key",
                    KEY,
                    "--stock",
                    "1000",
                    "--threads",
                    Integer.toString(BUYERS),
                    "--purchases",
                    Integer.toString(purchases),
                    "--out",
                    out.toString()),
                Stream.of(options))
            .toArray(String[]::new));
    var latest = out.resolve(RunFolder.LATEST).toRealPath();
    var history = HistoryFile.read(new RunFolder(latest).history());
    try (var files = Files.list(latest)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    return history;
  }
}
