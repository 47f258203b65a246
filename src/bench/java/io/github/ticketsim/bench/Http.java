package io.github.ticketsim.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code serve} under a load tool, beside the same handler on the JDK's server; and with records
 * beside without.
 */
final class Http {
  private static final String STOCK = "1000";
  private static final int FIRST_SECONDS = 5;

  private final boolean quick;
  private final Path work;
  private final Table table;
  private final LoadTool tool;

  Http(boolean quick, Path work, Table table) throws Exception {
    this.quick = quick;
    this.work = work;
    this.table = table;
    this.tool = new LoadTool(work);
  }

  /** A service with all its turns. */
  private record Runner(String name, Service service, List<LoadTool.Turn> turns) {
    Runner(String name, Service service) {
      this(name, service, new ArrayList<>());
    }

    List<Double> rates() {
      return turns.stream().map(LoadTool.Turn::perSecond).toList();
    }

    List<Double> tails() {
      return turns.stream().map(LoadTool.Turn::p99Millis).toList();
    }
  }

  void measure() throws Exception {
    try (var redis = Redis.start(work);
        var jdk = jdk(redis);
        var serve = serve(redis, "memory");
        var recording =
            serve(redis, "sqlite", "--records", "jdbc:sqlite:" + work.resolve("records.db"))) {
      var beside = new Runner("the JDK's server", jdk);
      var memory = new Runner("serve", serve);
      var sqlite = new Runner("serve --records", recording);
      takeTurns(List.of(beside, memory, sqlite));
      compare(
          "`POST /buy` of `serve`, a second, against the same handler on the JDK's `HttpServer`",
          memory,
          beside,
          "1.5 or more");
      compareTails(memory, beside, "1 or less");
      compare(
          "`POST /buy` with `--records jdbc:sqlite:`, a second, against in memory",
          sqlite,
          memory,
          "0.7 or more");
      compareTails(sqlite, memory, "");
      compareFirstSeconds(redis, memory);
    }
  }

  /** Of fresh processes, while those that are warm do nothing. */
  private void compareFirstSeconds(Redis redis, Runner warm) throws Exception {
    var fresh = new ArrayList<Double>();
    for (var turn = 0; turn < warm.turns().size(); turn++) {
      Progress.say("turn " + (turn + 1) + ", first seconds");
      try (var service = serve(redis, "fresh" + turn)) {
        fresh.add(tool.storm(service.url(), FIRST_SECONDS).perSecond());
      }
    }
    table.row(
        "the first %d s of a fresh `serve` in memory, a second, against later"
            .formatted(FIRST_SECONDS),
        Figures.of("%,.0f", fresh),
        Figures.of("%,.0f", warm.rates()),
        ratio(fresh, warm.rates()),
        "0.8 or more");
  }

  private Service jdk(Redis redis) throws Exception {
    var key = "bench:jdk";
    Processes.ticketSim(work, "preload", "--redis", redis.uri(), "--key", key, "--stock", STOCK);
    return Service.start(
        List.of(
            Machine.java(),
            "-cp",
            Machine.classPath(),
            JdkServer.class.getName(),
            Integer.toString(redis.port()),
            key));
  }

  private Service serve(Redis redis, String name, String... options) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Processes.TICKET_SIM.toString(),
                "serve",
                "--redis",
                redis.uri(),
                "--key",
                "bench:" + name,
                "--stock",
                STOCK,
                "--port",
                "0",
                "--out",
                work.resolve(name).toString()));
    command.addAll(List.of(options));
    return Service.start(command);
  }

  private void takeTurns(List<Runner> runners) throws Exception {
    for (var runner : runners) {
      Progress.say("warming up " + runner.name());
      tool.storm(runner.service().url(), quick ? 10 : 20);
    }
    for (var turn = 0; turn < (quick ? 3 : 5); turn++) {
      for (var runner : runners) {
        Progress.say("turn " + (turn + 1) + ", " + runner.name());
        runner.turns().add(tool.storm(runner.service().url(), quick ? 3 : 10));
      }
    }
  }

  private void compare(String what, Runner ours, Runner beside, String wanted) {
    table.row(
        what + ", `" + tool.words() + "`",
        Figures.of("%,.0f", ours.rates()),
        Figures.of("%,.0f", beside.rates()),
        ratio(ours.rates(), beside.rates()),
        wanted);
  }

  private void compareTails(Runner ours, Runner beside, String wanted) {
    table.row(
        "the same: p99",
        Figures.of("%.1f", ours.tails()) + " ms",
        Figures.of("%.1f", beside.tails()) + " ms",
        ratio(ours.tails(), beside.tails()),
        wanted);
  }

  private static String ratio(List<Double> ours, List<Double> beside) {
    return String.format(Locale.ROOT, "%.2f", Figures.median(ours) / Figures.median(beside));
  }
}
