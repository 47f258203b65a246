package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storms on scripts, commands and functions of a user's own, on a real Redis. */
@Timeout(300)
class ScriptSaleIT {
  private static final Path SALES = Path.of("src/test/resources/sales/redis");

  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path folder;

  private CommandRun storm(String sale, String... options) throws IOException {
    Files.writeString(folder.resolve("sale.yaml"), sale);
    var arguments = new ArrayList<>(List.of("storm", "--sale=" + folder.resolve("sale.yaml")));
    arguments.addAll(List.of("--redis=" + redis.uri(), "--out=" + folder.resolve("runs")));
    if (List.of(options).stream().noneMatch(option -> option.startsWith("--timeout"))) {
      arguments.add("--timeout=20s");
    }
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** The same with the script of the manual, changed in a way. */
  private CommandRun seckill(UnaryOperator<String> change, String... options) throws IOException {
    var script = Files.readString(SALES.resolve("seckill.lua"));
    Files.writeString(folder.resolve("seckill.lua"), change.apply(script));
    return storm(Files.readString(SALES.resolve("seckill.yaml")), options);
  }

  private List<Attempt> attempts() {
    return SaleStorms.attempts(Storms.latest(folder.resolve("runs"))).toList();
  }

  private long count(Outcome.Kind kind) {
    return attempts().stream().filter(attempt -> attempt.outcome().kind() == kind).count();
  }

  private static void assertBroken(CommandRun run, String... checks) {
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.INVALID.status());
    assertThat(run.text()).contains(checks);
  }

  @Test
  void aSoundScriptSellsEveryTicketOnce() throws Exception {
    var run = seckill(script -> script);

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text())
        .startsWith("VALID: sold 200 of 200 tickets")
        .contains("strategy script (model tally) on key {seckill:1}:stock {seckill:1}:orders")
        .contains("200 orders, one for each confirmed sale");
    assertThat(count(Outcome.Kind.SOLD)).isEqualTo(200);
    assertThat(count(Outcome.Kind.LIMITED)).isPositive();
  }

  /** Zero is true in Lua. */
  @Test
  void anIfOnZeroSellsNothing() throws Exception {
    assertBroken(
        seckill(script -> script.replace("ARGV[1]) == 1 then", "ARGV[1]) then")),
        "sold 0 of 200 tickets",
        "broken: false limited",
        "an `if` of the script is about 0, which is true in Lua");
  }

  @Test
  void aDryRunSaysBeforeTheStormThatNothingIsWritten() throws Exception {
    var refused = seckill(script -> script.replace("ARGV[1]) == 1 then", "ARGV[1]) then"));
    assertThat(refused.err())
        .contains("replied 2, a refusal, and wrote nothing although 200 tickets are left")
        .contains("in Lua 0 is true");

    var sold = seckill(script -> "return 0");
    assertThat(sold.err()).contains("replied 0, sold, and wrote nothing");

    var broken = seckill(script -> script.replace("'sadd', KEYS[2]", "'sadd', KEYS[1]"));
    assertThat(broken.err()).contains("replied (error) WRONGTYPE").contains("had written before");
  }

  @Test
  void aTrialBuysOnceAndShowsWhatTheRulesSay() throws Exception {
    var run = seckill(script -> script, "--try");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.out())
        .contains("EVALSHA", " 2 {seckill:1}:stock {seckill:1}:orders 0")
        .contains("matches   sold     reply=0", "does not  limited  reply=2")
        .contains("outcome   sold", "left      199", "orders    1, the last one 1, customer 0");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void ordersAreFieldsOfAHash() throws Exception {
    var sale = Files.readString(SALES.resolve("seckill.yaml"));
    Files.writeString(
        folder.resolve("seckill.lua"),
        Files.readString(SALES.resolve("seckill.lua"))
            .replace("'sismember'", "'hexists'")
            .replace("'sadd', KEYS[2], ARGV[1]", "'hset', KEYS[2], ARGV[1], 1"));

    var run =
        storm(
            sale.replace(
                "orders: SMEMBERS {seckill:1}:orders",
                "orders: { command: 'HGETALL {seckill:1}:orders', customer: /0, quantity: /1 }"));

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("200 orders, one for each confirmed sale");
  }

  @Test
  void ordersThatAreNotReadLeaveTheHistoryUnsettled() throws Exception {
    var sale = Files.readString(SALES.resolve("seckill.yaml"));
    Files.copy(SALES.resolve("seckill.lua"), folder.resolve("seckill.lua"));

    var run = storm(sale.replace("orders: SMEMBERS {seckill:1}:orders", "orders: GET none"));

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(run.text()).contains("the reply to orders is no array");
  }

  @Test
  void aScriptThatDoesNotCompileIsSaidAheadOfTheStorm() throws Exception {
    seckill(script -> "return nonsense(")
        .assertRefusedWith(ExitCode.USAGE, "seckill.lua: ERR Error compiling script", "correct");
  }

  /** What another sale left there is seen on a copy, and stays as it is. */
  @Test
  void aDryRunLeavesTheRealKeysAlone() throws Exception {
    Files.writeString(
        folder.resolve("buy.lua"),
        "redis.call('set', 'trace', 1) return redis.call('lpop', KEYS[1]) and 1 or 0");
    redis.call("RPUSH", "tickets", "a", "b");

    var run =
        storm(
            """
            buyers: 1
            target: redis://localhost
            purchase: { script: buy.lua, keys: tickets }
            replies: { sold: { reply: 1 }, sold_out: { reply: 0 } }
            left: LLEN tickets
            """);

    assertThat(run.err()).doesNotContain("dry run");
    assertThat(Storms.latest(folder.resolve("runs")).run().stock()).isEqualTo(2);
  }

  @Test
  void aLimitThatIsCheckedAndNotRecordedIsNone() throws Exception {
    assertBroken(
        seckill(
            script -> script.replace("redis.call('sadd', KEYS[2], ARGV[1])", ""),
            "--customers=100"),
        "fail limit customer",
        "fail lost order");
  }

  @Test
  void aScriptThatTakesWithoutACheckOversells() throws Exception {
    assertBroken(seckill(script -> script.replace("<= 0 then", "<= -50 then")), "broken: oversell");
  }

  /** One customer who buys twice at once is told different things, which no limit allows. */
  @Test
  void aRetryThatIsRefusedBreaksThePromiseOfItsKey() throws Exception {
    assertBroken(seckill(script -> script, "--retry=20%"), "broken: idempotency");
  }

  @Test
  void aCommandIsAPurchaseToo() throws Exception {
    var run =
        storm(
            """
            stock: 100
            buyers: 400
            target: redis://localhost
            setup: 'SET "a stock" {{stock}}'
            purchase: { command: 'DECR "a stock"' }
            replies: { sold: { reply>=: 0 }, sold_out: { reply<: 0 } }
            value: reply
            left: 'GET "a stock"'
            """);

    run.assertQuiet(ExitCode.VALID);
    assertThat(Storms.latest(folder.resolve("runs")).run().model()).isEqualTo(Model.COUNTER);
    assertThat(run.text()).contains("VALID: sold 100 of 100 tickets, none twice");
  }

  @Test
  void aFunctionSellsSeveralItems() throws Exception {
    var run =
        storm(
            """
            stock: 20
            buyers: 300
            items: [A, B 2]
            quantity: [1, 3]
            target: redis://localhost
            setup:
              - |
                FUNCTION LOAD REPLACE "#!lua name=shop\\nredis.register_function('buy',
                function(keys, args)
                local left = tonumber(redis.call('hget', keys[1], args[1]))
                if left < tonumber(args[2]) then return {'no', left} end
                redis.call('rpush', keys[2], cjson.encode({id = args[3], item = args[1], n = args[2]}))
                return {'yes', redis.call('hincrby', keys[1], args[1], -args[2]), args[3]}
                end)"
              - HSET stock {{item}} {{stock}}
              - DEL orders
            purchase:
              function: buy
              keys: [stock, orders]
              args: ["{{item}}", "{{quantity}}", "{{purchase}}"]
            replies: { sold: { /0: 'yes' }, sold_out: { /0: 'no' } }
            value: /1
            value_model: bounded
            order: /2
            left: HGET stock {{item}}
            orders: { command: LRANGE orders 0 -1, order: /id, item: /item, quantity: /n }
            """);

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.VALID.status());
    assertThat(attempts())
        .filteredOn(attempt -> attempt.outcome().kind() == Outcome.Kind.SOLD)
        .isNotEmpty()
        .allSatisfy(
            attempt -> assertThat(attempt.particulars().order()).hasValue(attempt.id().toString()));
  }

  /** The ticket is gone, whatever the error says. */
  @Test
  void anErrorAfterAWriteIsIndeterminate() throws Exception {
    var run = seckill(script -> script.replace("'sadd', KEYS[2]", "'sadd', KEYS[1]"));

    assertThat(run.status()).as(run.out()).isNotEqualTo(ExitCode.VALID.status());
    assertThat(count(Outcome.Kind.FAILED)).isZero();
    assertThat(count(Outcome.Kind.INDETERMINATE)).isGreaterThanOrEqualTo(200);
    assertThat(run.text()).contains("WRONGTYPE");
  }

  @Test
  void manyBuyersShareAConnection() throws Exception {
    var run = seckill(script -> script, "--pipeline");

    run.assertQuiet(ExitCode.VALID);
    assertThat(run.text()).contains("pipelined").contains("pool of 2");
  }

  @Test
  void errorsOnASharedConnectionAreJudgedTheSame() throws Exception {
    var run = seckill(script -> script.replace("'sadd', KEYS[2]", "'sadd', KEYS[1]"), "--pipeline");

    assertThat(run.status()).as(run.out()).isNotEqualTo(ExitCode.VALID.status());
    assertThat(count(Outcome.Kind.FAILED)).isZero();
    assertThat(count(Outcome.Kind.INDETERMINATE)).isGreaterThanOrEqualTo(200);
  }

  @Test
  void aFaultLeavesAPurchaseIndeterminate() throws Exception {
    for (var pipeline : List.of("--pool=8", "--pipeline")) {
      var run = seckill(script -> script, "--fault=drop-reply:#30", "--timeout=1s", pipeline);

      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.VALID.status());
      assertThat(count(Outcome.Kind.INDETERMINATE)).isPositive();
    }
  }

  @Test
  void aRuleCanBeAboutAnError() throws Exception {
    Files.writeString(
        folder.resolve("buy.lua"),
        """
        if redis.call('decr', KEYS[1]) >= 0 then return 1 end
        redis.call('incr', KEYS[1])
        return redis.error_reply('SOLD_OUT come again')
        """);

    storm(
            """
            stock: 50
            buyers: 200
            target: redis://localhost
            setup: SET stock {{stock}}
            purchase: { script: buy.lua, keys: stock }
            replies: { sold: { reply: 1 }, sold_out: { error: SOLD_OUT } }
            left: GET stock
            """)
        .assertQuiet(ExitCode.VALID);
  }

  @Test
  void oneLineStormsAScript() throws Exception {
    Files.writeString(
        folder.resolve("buy.lua"),
        """
        if redis.call('decr', KEYS[1]) >= 0 then return 'ok' end
        redis.call('incr', KEYS[1])
        """);

    var run =
        CommandRun.of(
            "storm",
            "--redis=" + redis.uri(),
            "--script=" + folder.resolve("buy.lua"),
            "--keys=a:{stock},b",
            "--args={{customer}},{{purchase}}",
            "--stock=100",
            "--threads=500",
            "--sold-if=reply=ok",
            "--sold-out-if=reply=null",
            "--out=" + folder.resolve("runs"));

    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.VALID.status());
    assertThat(run.text()).contains("on key a:{stock} b");
    assertThat(run.err())
        .startsWith("ticket-sim: warning: keys a:{stock} and b lie in slots ")
        .contains("so a Redis Cluster would refuse the purchase; give them one hash tag");
  }
}
