package io.github.ticketsim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a sale is said before anything is sent; nobody listens at this target. */
class SaleUsageTest {
  private static final String TARGET = "target: http://127.0.0.1:1\nstock: 5\n";

  @TempDir private Path folder;

  private CommandRun storm(String sale, String... options) throws IOException {
    var file = Files.writeString(folder.resolve("sale.yaml"), sale);
    var arguments = new ArrayList<>(List.of("storm", "--sale=" + file));
    arguments.add("--out=" + folder.resolve("runs"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "purchase: { post: /a, body: '{{custmer}}' } | sale.yaml:3: purchase.post: {{custmer}} is"
            + " no known value; known are {{buyer}}, {{customer}} | did you mean {{customer}}?",
        "purchase: { post: '/a/{{order}}' } | {{order}} is no known value | {{attempt}}",
        "before: { post: /l, body: '{{item}}' } | sale.yaml:3: before.post: {{item}} is no known |"
            + " known are {{customer}}, {{stock}}",
        "before: { post: /l, keep: { item: /a } } | keeps {{item}}, which is a value already |"
            + " choose another name",
        "result: { get: '/o/{{ordr}}' } | sale.yaml:3: result.get: {{ordr}} is no known | did you"
            + " mean {{order}}?",
        "orders: { get: '/{{item}}', order: /id } | sale.yaml:3: orders.get: {{item}} is no known |"
            + " known are {{stock}}",
        "purchase: { post: orders } | sale.yaml:3: purchase.post: 'orders' is neither a path such"
            + " as /orders | nor a URL",
        "purchase: { post: /a, headers: { Idempotency-Key: k } } | Idempotency-Key would be the"
            + " same for all | {{purchase}}",
        "data: none.csv | none.csv: there is no such file; check data | data",
        "data: users.csv | users.csv: 2 rows for 5000 customers, expected at least as many | lower"
            + " customers",
        "items: { column: seat } | items: names a column, and there is no data | items",
        "left: { get: /stock, at: /left } | left: http://127.0.0.1:1/stock says the same of each of"
            + " 3 items | put {{item}} into it",
      })
  void whatTheFileGetsWrong(String line, String words, String more) throws Exception {
    Files.writeString(folder.resolve("users.csv"), "name\na\nb\n");
    storm(TARGET + line + "\n" + (line.startsWith("left") ? "items: [A, B, C]\n" : ""))
        .assertRefusedWith(ExitCode.USAGE, words, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--body={{custmer}} | {{custmer}} is no known value",
        "--header=X: {{data.name}} | {{data.name}} is no known value",
        "--items=A,,B | --items: has a name that is empty",
        "--items=0 | --items: 0, expected 1 to 100000",
        "--quantity=4-1 | --quantity: 4-1, expected a number",
        "--quantity=few | --quantity: 'few' is no quantity; write it like 2 or 1-4",
        "--retry=10 | --retry: '10' is no share from 0% to 100%; write it like 10%",
        "--customers=0 | --customers: 0, expected 1 to 1000000",
        "--limit=0 | --limit: 0, expected 1 to",
        "--limited-if=409 | --limited-if: '409' is neither a status",
        "--order-at=id | --order-at: 'id' is no JSON pointer",
        "--data=nowhere.csv | nowhere.csv: there is no such file",
        "--redis=redis://localhost | --redis and --sale exclude each other",
      })
  void whatAnOptionGetsWrong(String option, String words) throws Exception {
    storm(TARGET, option).assertRefusedWith(ExitCode.USAGE, words);
  }

  @Test
  void aHeaderHoldsNoLineBreakOfTheData() throws Exception {
    Files.writeString(folder.resolve("users.csv"), "name\na\n\"b\nX: 1\"\n");
    storm(
            TARGET
                + "buyers: 2\ndata: users.csv\n"
                + "purchase: { post: /a, headers: { X-Name: '{{data.name}}' } }\n")
        .assertRefusedWith(
            ExitCode.USAGE, "purchase.post: {{data.name}} of row 1 has a line break");
  }

  @Test
  void aFileWithoutATargetNeedsTheOption() throws Exception {
    storm("stock: 5\n").assertRefusedWith(ExitCode.USAGE, "names no target", "--target URL");
  }

  @Test
  void aFileMustBeText() throws Exception {
    var file = Files.write(folder.resolve("sale.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    CommandRun.of("storm", "--sale=" + file)
        .assertRefusedWith(ExitCode.USAGE, "sale.yaml: cannot be read: it is no text in UTF-8");
    CommandRun.of("storm", "--sale=" + folder)
        .assertRefusedWith(ExitCode.USAGE, "cannot be read: Is a directory");
  }

  @Test
  void openLoadWithoutAnEndNeedsCustomers() throws Exception {
    Files.writeString(folder.resolve("users.csv"), "name\na\n");
    storm(TARGET + "data: users.csv\n", "--rate=10", "--duration=1s")
        .assertRefusedWith(ExitCode.USAGE, "pass --customers N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "purchase: { command: 'DECR {{custmer}}' } | sale.yaml:2: purchase.command: {{custmer}} is"
            + " no known value",
        "purchase: { command: MULTI } | MULTI changes what its connection does for the next buyer",
        "purchase: { script: no.lua } | sale.yaml:2: purchase.script: | no.lua: there is no such",
        "setup: SET a {{stock}} | --sale: the file lacks the key purchase; add it",
        "purchase: { command: A b }\\nsetup: 'SET a {{stock}}'\\nleft: A b | sale.yaml:3: setup:"
            + " {{stock}} is not known; pass --stock N",
        "purchase: { command: A b }\\nreplies: { sold_out: { reply: 1 } } | nothing says which"
            + " replies mean that a ticket was sold",
        "purchase: { command: A b } | how many tickets there are is not known; pass --stock N",
        "purchase: { command: A b }\\nitems: 2\\nleft: GET a | says the same of each of 2 items",
      })
  void whatASaleOverRedisGetsWrong(String lines, String words) throws Exception {
    var sold = lines.contains("replies") ? "" : "\nreplies: { sold: { reply: 1 } }";
    storm("target: redis://127.0.0.1:1\n" + lines.replace("\\n", "\n") + sold)
        .assertRefusedWith(ExitCode.USAGE, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--strategy=lua | --strategy is not for a Redis that sells by a script",
        "--target=http://x | --target is not for a Redis that sells by a script",
        "--sold-if=status=201 | --sold-if: 'status=201' is about HTTP; of a Redis write reply=0",
        "--sold-if=reply>=x |  is no condition: expected a whole number behind reply>=",
        "--keys=a | --keys: only with --script; pass --script FILE",
        "--script=no.lua | --script: no.lua: there is no such file",
      })
  void whatAnOptionOfASaleOverRedisGetsWrong(String option, String words) throws Exception {
    storm(
            "target: redis://127.0.0.1:1\nstock: 1\npurchase: { command: A b }\nreplies: {"
                + " sold: { reply: 1 } }",
            option)
        .assertRefusedWith(ExitCode.USAGE, words);
  }
}
