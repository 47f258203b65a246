package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.Outcome.Kind;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen items of a sale over the slots of three primaries, each with a replica. */
@Timeout(120)
class ClusterItemsIT {
  private static final int PRIMARIES = 3;
  private static final int ITEMS = 16;
  private static final String ITEM = "{sale:{{item}}}";
  private static final String REPLIES =
      "replies: { sold: { reply: 0 }, sold_out: { reply: 1 } }\n"
          + "left: GET "
          + ITEM
          + ":stock\n"
          + "orders: { command: \"LRANGE "
          + ITEM
          + ":orders 0 -1\", order: reply }\n";

  @TempDir private static Path files;
  private static Servers servers;
  private static List<RedisServer> nodes;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    servers = new Servers(files);
    nodes = servers.cluster(PRIMARIES, 1);
  }

  @AfterAll
  static void end() {
    servers.close();
  }

  @BeforeEach
  void forget() {
    primaries().forEach(node -> node.call("CONFIG", "RESETSTAT"));
    primaries().forEach(node -> node.call("FLUSHALL"));
  }

  private static List<RedisServer> primaries() {
    return nodes.stream().filter(RedisServer::isPrimary).toList();
  }

  private static String id(RedisServer node) {
    return node.call("CLUSTER", "MYID").toString();
  }

  private static String key(int item) {
    return "{sale:" + item + "}:stock";
  }

  private static RedisServer owner(String key) {
    return primaries().stream()
        .filter(
            node ->
                node.call("CLUSTER", "GETKEYSINSLOT", Servers.slot(node, key), "100")
                    .toString()
                    .contains(key))
        .findFirst()
        .orElseThrow();
  }

  private static String script(int broken) {
    return """
    if KEYS[1] ~= '%s' and tonumber(redis.call('get', KEYS[1])) <= 0 then return 1 end
    redis.call('decr', KEYS[1])
    redis.call('rpush', KEYS[2], ARGV[1])
    return 0
    """
        .formatted(key(broken));
  }

  private String[] storm(String purchase, int stock, int buyers, String... options)
      throws Exception {
    var sale =
        "stock: %d\nbuyers: %d\nitems: %d\n".formatted(stock, buyers, ITEMS)
            + "setup: [\"SET "
            + ITEM
            + ":stock {{stock}}\", \"DEL "
            + ITEM
            + ":orders\"]\n"
            + purchase
            + REPLIES;
    var file = Files.writeString(folder.resolve("sale.yaml"), sale);
    var arguments = new ArrayList<>(List.of("storm", "--sale=" + file, "--out=" + folder));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private String purchase(int broken) throws Exception {
    Files.writeString(folder.resolve("buy.lua"), script(broken));
    return "purchase: { script: buy.lua, keys: [\"%s:stock\", \"%s:orders\"], args: [\"{{purchase}}\"] }\n"
        .formatted(ITEM, ITEM);
  }

  private static String cluster() {
    return "--redis=" + Servers.clusterUri(nodes);
  }

  private History history() {
    return Storms.latest(folder);
  }

  /** Nodes that have declined a purchase, because another one has the key. */
  private static List<RedisServer> declining() {
    return primaries().stream()
        .filter(
            node ->
                node.call("INFO", "commandstats")
                    .toString()
                    .lines()
                    .anyMatch(line -> line.matches("cmdstat_evalsha:.*rejected_calls=[1-9].*")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=8", "--pipeline", "--wait-replicas=1", "--fault=drop-reply:#7"})
  void eachItemIsSoldByTheNodeOfItsKeyAndJudgedOnItsOwn(String how) throws Exception {
    var run = CommandRun.of(storm(purchase(0), 10, 320, cluster(), "--timeout=1s", how));

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out()).contains("sold 160 of 160", "on 16 of 16 items");
    assertThat(primaries()).hasSize(PRIMARIES).allMatch(node -> node.commands("evalsha") > 0);
    assertThat(declining()).isEmpty();
    var history = history();
    assertThat(history.ending().settlement().settled()).isTrue();
    assertThat(history.ending().leftByItem())
        .hasSize(ITEMS)
        .allSatisfy((_, left) -> assertThat(left).isZero());
    assertThat(history.orders()).hasSize(160).allMatch(order -> order.item().isPresent());
  }

  @Test
  void eachPrimaryIsGivenTheFunctionThatSells() throws Exception {
    var source = script(0).replace("KEYS", "keys").replace("ARGV", "args").replace("\n", " ");
    var purchase =
        "purchase: { function: buy, keys: [\"%s:stock\", \"%s:orders\"], args: [\"{{purchase}}\"] }\n"
            .formatted(ITEM, ITEM);
    var arguments = storm(purchase, 10, 320, cluster());
    var file = folder.resolve("sale.yaml");
    var load =
        "setup:\n  - >-\n    FUNCTION LOAD REPLACE \"#!lua name=shop\\n"
            + "redis.register_function('buy', function(keys, args) "
            + source
            + " end)\"\n  - ";
    Files.writeString(
        file,
        Files.readString(file)
            .replace("setup: [", load)
            .replace("\", \"DEL", "\"\n  - \"DEL")
            .replace("orders\"]\npurchase", "orders\"\npurchase"));

    CommandRun.of(arguments).assertQuiet(ExitCode.VALID);

    assertThat(primaries())
        .allMatch(node -> node.call("FUNCTION", "LIST").toString().contains("shop"));
  }

  @Test
  void aBrokenItemIsTheOneThatTheWitnessNames() throws Exception {
    var run = CommandRun.of(storm(purchase(7), 10, 320, cluster()));

    assertThat(run.status()).as(run.text()).isEqualTo(ExitCode.INVALID.status());
    assertThat(run.text())
        .contains("oversell", "item 7: 20 sales were confirmed of 10")
        .doesNotContain("item 8");
  }

  @ParameterizedTest
  @CsvSource({"--pool=8, 1000", "--pipeline, 6000"})
  void aSlotThatIsMovedInTheMiddleIsFollowedAlone(String how, int stock) throws Exception {
    var storm =
        CommandRun.inBackground(
            storm(
                purchase(0),
                stock,
                200,
                cluster(),
                "--timeout=10s",
                how,
                "--purchases=" + stock * ITEMS / 100));
    awaitMiddle(storm, stock);
    var from = owner(key(1));
    var to = primaries().stream().filter(n -> n.port() != from.port()).findFirst().orElseThrow();
    var slot = Servers.slot(from, key(1));
    to.call("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    from.call("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    from.call(
        "MIGRATE", "127.0.0.1", "" + to.port(), "", "0", "5000", "KEYS", key(1), "{sale:1}:orders");
    to.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    from.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));

    storm.get().assertQuiet(ExitCode.VALID);
    assertNothingIsUnclear();
    assertThat(to.call("GET", key(1))).isEqualTo("0");
  }

  private static void awaitMiddle(CompletableFuture<CommandRun> storm, int stock) throws Exception {
    var watched = primaries();
    Await.until(
        "some tickets are sold",
        () ->
            storm.isDone() || watched.stream().mapToLong(n -> n.commands("evalsha")).sum() > stock);
    assertThat(storm).as("the storm").isNotDone();
  }

  private void assertNothingIsUnclear() {
    var attempts = history().attempts();
    assertThat(attempts.count(Kind.FAILED)).as("failed").isZero();
    assertThat(attempts.count(Kind.INDETERMINATE)).as("indeterminate").isZero();
    assertThat(history().ending().settlement().settled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failover@30%", "failover:kill@30%"})
  void theVerdictIsThatOfTheItemsWhosePrimaryFailedOver(String fault) throws Exception {
    var run =
        CommandRun.of(
            storm(
                purchase(0),
                1_000,
                200,
                "--embedded",
                "--topology=cluster",
                "--fault=" + fault,
                "--timeout=15s",
                "--purchases=160"));

    var history = history();
    assertThat(history.ending().settlement().settled())
        .as(history.ending().settlement().toString())
        .isTrue();
    assertThat(history.faults())
        .singleElement()
        .satisfies(
            struck ->
                assertThat(struck.detail()).endsWith("(that of the first item, 1 of 3 that sell)"));
    var undone = undone(history);
    assertThat(run.status())
        .as(run.text())
        .isEqualTo((undone.isEmpty() ? ExitCode.VALID : ExitCode.INVALID).status());
    undone.forEach(item -> assertThat(run.text()).contains("item"));
    if (fault.startsWith("failover@")) {
      assertThat(undone).isEmpty();
      assertThat(history.attempts().count(Kind.SOLD)).isEqualTo(16_000);
    }
  }

  /** Items of which more was confirmed as sold than the shop has orders for. */
  private static List<String> undone(History history) {
    var items = history.run().terms().items().keySet();
    var attempts = history.attempts();
    return items.stream()
        .filter(
            item -> {
              var sold =
                  IntStream.range(0, attempts.size())
                      .mapToObj(attempts::get)
                      .filter(
                          a ->
                              a.outcome().kind() == Kind.SOLD
                                  && a.particulars().item().orElse("").equals(item))
                      .count();
              var kept =
                  history.orders().stream().filter(o -> o.item().orElse("").equals(item)).count();
              return sold > kept || sold > 1_000;
            })
        .toList();
  }

  @Test
  void aPurchaseWhoseKeysLieInTwoSlotsIsRefusedByItsItem() throws Exception {
    var purchase = purchase(0).replace("\"" + ITEM + ":orders\"", "\"orders:{{item}}\"");

    CommandRun.of(storm(purchase, 10, 320, cluster()))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            "keys {sale:1}:stock and orders:1 of item 1 lie in slots",
            "one hash tag, such as {sale:1}:");
  }

  @ParameterizedTest
  @CsvSource({
    "-cluster|slots, +cluster|slots",
    "-asking, +asking",
    "-evalsha, +evalsha",
    "resetkeys ~{sale:1}:* ~{sale:12}:*, ~{sale:"
  })
  void saysWhatTheUserMayNotDoOnANode(String taken, String cure) throws Exception {
    nodes.forEach(
        node ->
            node.call(
                Stream.of("ACL SETUSER anna reset on >secret ~* +@all".split(" "), taken.split(" "))
                    .flatMap(Stream::of)
                    .toArray(String[]::new)));

    CommandRun.of(storm(purchase(0), 10, 320, cluster().replace("://", "://anna:secret@")))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "NOPERM", "ACL SETUSER anna", cure);
  }

  @Test
  void aLockInAnotherSlotThanItsStockIsRefused() {
    var uri = Servers.clusterUri(nodes);
    CommandRun.of(Storms.arguments(folder, uri, "--strategy=lock", "--stock=5"))
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            "'ticket:stock' and 'ticket:stock:lock', which lie in two slots",
            "--key with a hash tag, such as {ticket:stock}");

    var tagged = Storms.arguments(folder, uri, "--strategy=lock", "--stock=5", "--key={sale}");
    CommandRun.of(tagged).assertQuiet(ExitCode.VALID);
  }
}
