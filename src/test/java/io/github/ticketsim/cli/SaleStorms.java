package io.github.ticketsim.cli;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Storms of a sale file, and what they record.
 *
 * @param folder for the file and the runs
 */
record SaleStorms(Path folder) {
  static final String PURCHASE =
      """
      purchase:
        post: /orders
        headers: { Authorization: "Bearer {{token}}", Idempotency-Key: "{{purchase}}" }
        body: '{"user":{{customer}},"sku":"{{item}}","quantity":{{quantity}}}'
      """;
  static final String REPLIES =
      """
      replies:
        sold: { status: 201 }
        sold_out: { status: 409, /error: sold-out }
        limited: { status: 409, /error: already-purchased }
      """;
  static final String LOGIN =
      """
      before:
        post: /login
        body: '{"name":"{{data.name}}"}'
        keep: { token: /data/access }
      """;
  static final String LEFT = "left: { get: '/stock/{{item}}', at: /available }\n";
  static final String ORDERS =
      "orders: { get: /sold, each: /orders, order: /id, customer: /customer, item: /item,"
          + " quantity: /quantity }\n";

  CommandRun storm(Shop shop, String sale, String... options) throws IOException {
    var file = folder.resolve("sale.yaml");
    Files.writeString(file, "target: " + shop.url() + "\n" + sale);
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("storm", "--sale=" + file));
    if (Stream.of(options).noneMatch(option -> option.startsWith("--timeout"))) {
      arguments.add("--timeout=20s");
    }
    arguments.add("--out=" + folder.resolve("runs"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  History history() throws Exception {
    return HistoryFile.read(folder.resolve("runs/latest/history.ndjson"));
  }

  static Stream<Attempt> attempts(History history) {
    return IntStream.range(0, history.attempts().size()).mapToObj(history.attempts()::get);
  }

  void writeUsers(int count) throws IOException {
    var lines = new ArrayList<>(List.of("name,note"));
    IntStream.range(0, count)
        .forEach(row -> lines.add("\"us er%d\",\"a, \"\"b\"\"\"".formatted(row)));
    Files.write(folder.resolve("users.csv"), lines);
  }
}
