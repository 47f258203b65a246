package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.cli.AnyShop.Defect;
import io.github.ticketsim.cli.SqlShops.Kind;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.report.RunFolder;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parts that sell as a sale file says, and parts that hand over their histories in a PostgreSQL.
 */
@Timeout(300)
class SalePartsIT extends OnSqlShops {
  private static final int CUSTOMERS = 61;

  @AutoClose private final RedisServer redis = RedisServer.own();
  @TempDir private Path out;

  private List<CommandRun> storm(int parts, String... more) {
    var running =
        IntStream.range(0, parts)
            .mapToObj(
                part -> {
                  var arguments =
                      new ArrayList<>(
                          List.of(
                              "storm",
                              "--parts=" + parts,
                              "--part=" + part,
                              "--rendezvous=" + redis.uri(),
                              "--out=" + out));
                  arguments.addAll(List.of(more));
                  return CommandRun.inBackground(arguments.toArray(String[]::new));
                })
            .toList();
    return running.stream().map(run -> run.join()).toList();
  }

  private static long pieces(String url) throws Exception {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from ticket_piece")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void part0GathersFromAPostgreSqlWhatTheOthersLeave() throws Exception {
    var url = shops.database(Kind.POSTGRESQL);
    var runs = storm(3, "--redis=" + redis.uri(), "--stock=50", "--threads=300", "--upload=" + url);

    runs.getFirst().assertQuiet(ExitCode.VALID);
    assertThat(runs.getFirst().text())
        .startsWith("VALID: sold 50 of 50 tickets, none twice; 300 buyers came");
    assertThat(runs.subList(1, 3)).allSatisfy(run -> assertThat(run.status()).isZero());
    assertThat(pieces(url)).isZero();
  }

  private void assertVerdict(List<CommandRun> runs, String... words) {
    runs.getFirst().assertQuiet(ExitCode.VALID);
    assertThat(runs.getFirst().text()).contains(words);
    assertThat(runs).allSatisfy(run -> assertThat(run.status()).isZero());
  }

  @Test
  void partsSellByTransactions() throws Exception {
    Files.writeString(folder.resolve("sale.yaml"), SqlShops.example());

    assertVerdict(
        storm(
            3,
            "--sale=" + folder.resolve("sale.yaml"),
            "--target=" + shops.shop(Kind.POSTGRESQL),
            "--timeout=20s",
            "--pool=3",
            "--upload=" + redis.uri()),
        "VALID: sold 100 of 100 tickets",
        "100 orders, one for each confirmed sale",
        "parts 3, each with a clock of its own");
  }

  @Test
  void partsThatSellByTransactionsWithoutAConditionAreInvalid() throws Exception {
    Files.writeString(
        folder.resolve("sale.yaml"), SqlShops.example().replace(" and stock > 0", ""));

    var first =
        storm(
                2,
                "--sale=" + folder.resolve("sale.yaml"),
                "--target=" + shops.shop(Kind.POSTGRESQL),
                "--timeout=20s",
                "--pool=3",
                "--upload=" + redis.uri())
            .getFirst();
    assertThat(first.status()).as(first.out()).isEqualTo(ExitCode.INVALID.status());
    assertThat(first.text()).contains("broken: oversell");
  }

  /** Each customer belongs to one part, so a limit for customers holds or breaks within it. */
  @ParameterizedTest
  @CsvSource({
    "ITEMS, NONE, VALID",
    "IDEMPOTENCY_KEY, NONE, VALID",
    "BEARER_TOKEN, NONE, VALID",
    "ITEMS, ORDER_DOUBLED, INVALID"
  })
  void partsSellOverHttp(ShopShape shape, Defect defect, ExitCode expected) throws Exception {
    try (var shop = new AnyShop(shape, defect)) {
      var first =
          storm(
                  3,
                  "--sale=" + shape.file(),
                  "--target=" + shop.url(),
                  "--timeout=20s",
                  "--upload=" + redis.uri())
              .getFirst();

      assertThat(first.status()).as(first.out()).isEqualTo(expected.status());
      assertThat(first.text()).contains("parts 3, each with a clock of its own");
    }
  }

  /** Each row belongs to two buyers, and both to one part. */
  @Test
  void partsSellByAScriptAndDivideTheRowsOfTheData() throws Exception {
    var sales = Path.of("src/test/resources/sales/redis");
    Files.writeString(
        folder.resolve("seckill.lua"),
        "redis.call('hincrby', KEYS[3], ARGV[1], 1)\n"
            + Files.readString(sales.resolve("seckill.lua")));
    Files.writeString(
        folder.resolve("sale.yaml"),
        Files.readString(sales.resolve("seckill.yaml"))
            .replace("stock: 200", "stock: 50\ndata: users.csv")
            .replace("buyers: 1000", "buyers: " + 2 * CUSTOMERS)
            .replace("customers: 400", "customers: " + CUSTOMERS)
            .replace("  - DEL", "  - DEL {seckill:1}:calls\n  - DEL")
            .replace(":orders\"]", ":orders\", \"{seckill:1}:calls\"]")
            .replace("{{customer}}", "{{data.user}}")
            .replace("orders: SMEMBERS {seckill:1}:orders", ""));
    var users = IntStream.range(0, CUSTOMERS).mapToObj(i -> "user-" + i).toList();
    Files.writeString(folder.resolve("users.csv"), "user\n" + String.join("\n", users) + "\n");

    assertVerdict(
        storm(
            3,
            "--sale=" + folder.resolve("sale.yaml"),
            "--redis=" + redis.uri(),
            "--timeout=20s",
            "--upload=" + redis.uri()),
        "VALID: sold 50 of 50 tickets",
        "parts 3, each with a clock of its own");
    assertThat(customersOfParts()).doesNotHaveDuplicates().hasSize(CUSTOMERS);
    assertThat(users)
        .allSatisfy(
            user -> assertThat(redis.call("HGET", "{seckill:1}:calls", user)).isEqualTo("2"))
        .hasSize(Math.toIntExact((Long) redis.call("HLEN", "{seckill:1}:calls")));
  }

  /** Which customers each part has served, one part after the other. */
  private List<Integer> customersOfParts() throws Exception {
    var customers = new ArrayList<Integer>();
    try (var folders = Files.list(out)) {
      for (var part : folders.filter(path -> path.toString().contains("-part-")).toList()) {
        var attempts = HistoryFile.read(new RunFolder(part).history()).attempts();
        IntStream.range(0, attempts.size())
            .map(i -> attempts.buyer(i) % CUSTOMERS)
            .distinct()
            .forEach(customers::add);
      }
    }
    return customers;
  }
}
