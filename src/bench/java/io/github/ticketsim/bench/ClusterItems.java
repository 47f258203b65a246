package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.report.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;

/**
 * Storms of one sale file of many items on three primaries of a cluster, beside the same on one
 * server, in turns. All servers are on this machine, so this shows what spreading the items costs,
 * and not what three machines give.
 */
final class ClusterItems {
  private static final int BUYERS = 5_000;
  private static final int ITEMS = 16;
  private static final int PRIMARIES = 3;
  private static final String SCRIPT =
      """
      if tonumber(redis.call('get', KEYS[1])) <= 0 then return 0 end
      redis.call('decr', KEYS[1])
      return 1
      """;

  private final boolean quick;
  private final Path work;
  private final Table table;

  ClusterItems(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    try (var servers = new Servers(work)) {
      var one = "redis://127.0.0.1:" + servers.start().port();
      var cluster = Servers.clusterUri(servers.cluster(PRIMARIES, 0));
      Files.writeString(work.resolve("buy.lua"), SCRIPT);
      measure("on borrowed connections", quick ? 20 : 80, one, cluster, "--pool", "63");
      measure("with `--pipeline`", quick ? 40 : 160, one, cluster, "--pipeline", "--pool", "3");
    }
  }

  private void measure(String how, int each, String one, String cluster, String... options)
      throws Exception {
    var spread = new ArrayList<Double>();
    var together = new ArrayList<Double>();
    for (var turn = 0; turn < (quick ? 1 : 5); turn++) {
      Progress.say("items in a cluster " + how + ", turn " + (turn + 1));
      together.add(storm(one, each, options));
      spread.add(storm(cluster, each, options));
    }
    table.row(
        "a script over %d items on %d primaries, %s, a second, beside one server"
            .formatted(ITEMS, PRIMARIES, how),
        Figures.of("%,.0f", spread),
        Figures.of("%,.0f", together),
        Figures.of("%.2f", Figures.ratios(spread, together)),
        "");
  }

  /** Half of all purchases are refused. */
  private double storm(String redis, int purchases, String... options) throws Exception {
    var stock = BUYERS * purchases / 2 / ITEMS;
    var sale = work.resolve("items.yaml");
    Files.writeString(
        sale,
        """
        stock: %d
        buyers: %d
        items: %d
        setup: ["SET stock:{{item}} {{stock}}"]
        purchase: { script: buy.lua, keys: ["stock:{{item}}"], args: [] }
        replies: { sold: { reply: 1 }, sold_out: { reply: 0 } }
        left: "GET stock:{{item}}"
        """
            .formatted(stock, BUYERS, ITEMS));
    var out = work.resolve("runs");
    Processes.ticketSim(
        work,
        Stream.concat(
                Stream.of(
                    "storm",
                    "--redis=" + redis,
                    "--sale=" + sale,
                    "--purchases=" + purchases,
                    "--out=" + out),
                Stream.of(options))
            .toArray(String[]::new));
    var latest = out.resolve(RunFolder.LATEST).toRealPath();
    var history = HistoryFile.read(new RunFolder(latest).history());
    try (var files = Files.list(latest)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    return Measurements.of(history).throughput();
  }
}
