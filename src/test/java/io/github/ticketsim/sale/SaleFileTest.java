package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sale file says, and that its schema says the same. */
class SaleFileTest {
  private static final String WHOLE =
      """
      stock: 1_000
      buyers: 5000
      customers: 400
      limit: 1
      items: [A1, 7]
      quantity: [1, 4]
      retry: 10%
      data: users.csv
      target: http://localhost:8080
      before:
        - post: /login
          headers: { Content-Type: application/json }
          body: '{"name":"{{data.name}}"}'
          keep: { token: /data/access }
      purchase:
        post: /orders
        headers: { Authorization: "Bearer {{token}}", Idempotency-Key: "{{purchase}}" }
        body: '{"userId":{{customer}}}'
      replies:
        sold: { status: 201 }
        sold_out: { status: 409, /error: sold-out }
        limited: { status: 409, /error: already-purchased }
        failed: [ { status: 429 }, { status: 503 } ]
        accepted: { status: 202, /queued: true }
      value: /left
      value_model: bounded
      order: /orderId
      result:
        get: /orders/{{order}}
        every: 50ms
        within: 0.5h
        replies: { sold: { /status: PAID }, sold_out: { /status: null } }
      left: { get: "/stock/{{item}}", at: /available }
      orders:
        get: /admin/orders
        each: /orders
        order: /id
        customer: /customer
        item: /item
        quantity: /quantity
      """;

  @TempDir private Path folder;

  private static Schema schema() throws IOException {
    try (var in = SaleFile.class.getResourceAsStream("sale.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(in, InputFormat.JSON);
    }
  }

  private Sale read(String text) throws IOException {
    return SaleFile.read(Files.writeString(folder.resolve("sale.yaml"), text));
  }

  @Test
  void readsAllThatThereIs() throws Exception {
    var sale = read(WHOLE);
    assertThat(sale.wants().stock()).hasValue(1_000);
    assertThat(sale.wants().items()).hasValue(new Items.Named(List.of("A1", "7")));
    assertThat(sale.wants().quantity()).hasValue(new Quantity(1, 4));
    assertThat(sale.wants().retry()).hasValue(0.1);
    assertThat(sale.wants().data()).hasValue(folder.resolve("users.csv"));
    assertThat(sale.before().getFirst().keep()).containsEntry("token", "/data/access");
    assertThat(sale.purchase().orElseThrow().headers())
        .containsEntry("Idempotency-Key", "{{purchase}}");
    var replies = sale.replies().orElseThrow();
    assertThat(replies.get(Meaning.SOLD_OUT)).hasToString("[status=409 && /error=sold-out]");
    assertThat(replies.get(Meaning.FAILED)).hasToString("[status=429, status=503]");
    assertThat(replies.get(Meaning.ACCEPTED)).hasToString("[status=202 && /queued=true]");
    assertThat(sale.bounded()).isTrue();
    assertThat(sale.result().orElseThrow().every()).isEqualTo(Duration.ofMillis(50));
    assertThat(sale.result().orElseThrow().within()).isEqualTo(Duration.ofMinutes(30));
    assertThat(sale.left().orElseThrow().at()).isEqualTo("/available");
    assertThat(sale.orders().orElseThrow().fields().each()).isEqualTo(Optional.of("/orders"));
    assertThat(schema().validate(WHOLE.replace("1_000", "1000"), InputFormat.YAML)).isEmpty();
  }

  @Test
  void readsASaleOverRedis() throws Exception {
    Files.writeString(folder.resolve("buy.lua"), "return 0");
    var text =
        """
        target: redis://localhost
        setup: [SET a 1, 'DEL "b c"']
        purchase: { script: buy.lua, keys: [a, "b:{{item}}"], args: "{{customer}}" }
        replies:
          sold: { reply: 0, /0: "yes" }
          sold_out: [ { reply<: 0 }, { reply: null } ]
          limited: { error: LIMIT, reply>=: 7 }
        value: reply
        order: /1
        left: GET a
        orders: { command: LRANGE o 0 -1, order: reply, customer: /c }
        """;
    var sale = read(text);
    var steps = sale.redis().orElseThrow();
    var purchase = steps.purchase().orElseThrow();
    assertThat(sale.purchase()).isEmpty();
    assertThat(steps.setup()).hasSize(2);
    assertThat(purchase.text()).isEqualTo("return 0");
    assertThat(purchase.keys()).containsExactly("a", "b:{{item}}");
    assertThat(purchase.args()).containsExactly("{{customer}}");
    assertThat(steps.left().orElseThrow().where()).endsWith("sale.yaml:10: left");
    assertThat(steps.orders().orElseThrow().order()).hasValue("reply");
    var replies = sale.replies().orElseThrow();
    assertThat(replies.get(Meaning.SOLD)).hasToString("[reply=0 && /0=yes]");
    assertThat(replies.get(Meaning.SOLD_OUT)).hasToString("[reply<0, reply=null]");
    assertThat(replies.get(Meaning.LIMITED)).hasToString("[error=LIMIT && reply>=7]");
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sock: 1000 | 2: sock: unknown key, expected stock, buyers | did you mean stock?",
        "purchase: { pst: /orders } | 2: purchase.pst: unknown key, expected get, post | did you"
            + " mean post?",
        "purchase: { body: x } | 2: purchase: lacks a request; add one of get, post, put | delete",
        "purchase: { get: /a, post: /b } | 2: purchase: has several requests, get and post | one",
        "purchase: /orders | 2: purchase: expected a request such as post: /orders, found | orders",
        "stock: many | 2: stock: expected a whole number from 0 | found 'many'",
        "stock: ٣ | 2: stock: expected a whole number from 0 | found '٣'",
        "stock: -1 | 2: stock: expected a whole number from 0 | found '-1'",
        "buyers: 0 | 2: buyers: expected a whole number from 1 to 1000000, | found '0'",
        "items: [A, A] | 2: items: names 'A' twice | A",
        "items: { colum: a } | 2: items.colum: unknown key, expected column; | did you mean"
            + " column?",
        "quantity: [4, 1] | 2: quantity: 4-1, expected a number from 1 | the least first",
        "quantity: [1] | 2: quantity: expected a number, or two such as [1, 4], found 1 | two",
        "retry: often | 2: retry: 'often' is no share from 0% to 100% | 10%",
        "retry: 101% | 2: retry: '101%' is no share | 10%",
        "target: ftp://x | 2: target: expected a URL that begins with http:// | https://",
        "replies: { sold: { statsu: 201 } } | 2: replies.sold.statsu: unknown key | did you mean"
            + " status?",
        "replies: { soldout: { status: 1 } } | 2: replies.soldout: unknown key | did you mean"
            + " sold_out?",
        "replies: { sold: { status: 99 } } | 2: replies.sold.status: expected a whole | found '99'",
        "replies: { sold: [ {} ] } | 2: replies.sold[0]: expected a condition | found none",
        "value: left | 2: value: 'left' is no JSON pointer such as /left | left",
        "order: '{{purchase}}' | 2: order: is a place in replies, and only in a database a value |"
            + " a pointer such as /id that says it, or leave it out",
        "{ setup: A, order: '{{purchase}}' } | 2: order: is a place in replies, | write reply or a"
            + " pointer such as /1",
        "value_model: bounded | 2: value_model: has no meaning without value | add value",
        "left: { get: /stock } | 2: left: lacks the key at; add it | left",
        "orders: { get: /o } | 2: orders: lacks the key order; add it | orders",
        "result: { get: /o, every: often } | 2: result.every: | no duration from 1ms to 24h",
        "purchase: { skript: a, script: b } | 2: purchase.skript: unknown key, expected command,"
            + " script, function, keys, args; | did you mean script?",
        "purchase: { command: A, function: b } | 2: purchase: has several; leave one of command, |"
            + " function",
        "purchase: { command: A, keys: k } | 2: purchase.keys: is for a script or function | it",
        "purchase: { command: '' } | 2: purchase.command: expected a command | found nothing",
        "{ setup: A, before: { get: /a } } | 2: before: is for a target over HTTP | leave it out",
        "{ setup: A, replies: { sold: { status: 201 } } } | 2: replies.sold.status: unknown key,"
            + " expected reply, reply>=, reply<, error, or | a JSON pointer",
        "{ setup: A, replies: { sold: { reply<: x } } } | 2: replies.sold.reply<: 'reply<x' is no"
            + " condition | a whole number behind reply<",
        "{ setup: A, replies: { sold: { reply<: ٣ } } } | 2: replies.sold.reply<: 'reply<٣' is no"
            + " condition | a whole number behind reply<",
        "before: { post: /l, keep: { t: x } } | 2: before.keep.t: 'x' is no JSON pointer | x",
      })
  void namesLineKeyAndWhatWasExpected(String line, String words, String more) throws Exception {
    var text = "# a sale\n" + line + "\n";
    assertThatExceptionOfType(SaleException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(folder.resolve("sale.yaml") + ":" + words)
        .withMessageContaining(more);
    if (!line.contains("[4, 1]")
        && !line.contains("101%")
        && !line.contains("setup")
        && !line.startsWith("order")) {
      assertThat(schema().validate(text, InputFormat.YAML)).as(line).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stock: [1 | :2: is no YAML",
        "stock: 1\\nstock: 2 | :2: stock: stands twice; leave one out",
        "'' | : says nothing",
      })
  void saysWhatIsNoYaml(String text, String words) {
    assertThatExceptionOfType(SaleException.class)
        .isThrownBy(() -> read(text.replace("\\n", "\n") + "\n"))
        .withMessageContaining("sale.yaml" + words);
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatExceptionOfType(SaleException.class)
        .isThrownBy(() -> SaleFile.read(folder.resolve("none.yaml")))
        .withMessageEndingWith("none.yaml: there is no such file; check --sale");
  }
}
