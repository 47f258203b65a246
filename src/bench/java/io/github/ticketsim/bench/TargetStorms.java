package io.github.ticketsim.bench;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.report.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code storm --target} beside load tools, all of which buy of the same shop, see {@code
 * src/bench/go}.
 */
final class TargetStorms {
  private static final String CLIENTS = "64";
  private static final String BODY =
      "{\"user\":\"4711\",\"key\":\"01a21d90-4d19-78f0-b716-d16b47926aa3\"}";
  private static final String TEMPLATE = "{\"user\":\"{{buyer}}\",\"key\":\"{{purchase}}\"}";
  private static final Pattern OHA = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern K6 = Pattern.compile("http_reqs[^\\n]*?\\s([0-9.]+)/s");

  private final boolean quick;
  private final Path work;
  private final Table table;

  /** A load tool that is installed. */
  private record Tool(String name, Pattern rate, Function<String, List<String>> options) {}

  /** A storm, with what it came to in each turn. */
  private record Ours(List<Double> rates, List<Double> tails, List<String> options) {
    Ours(String... options) {
      this(new ArrayList<>(), new ArrayList<>(), List.of(options));
    }
  }

  TargetStorms(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    var program = work.resolve("shop");
    Processes.output(
        work, Path.of("go"), "build", "-o", program.toString(), "src/bench/go/shop.go");
    try (var shop = Service.start(List.of(program.toString()))) {
      measure(shop.url());
    }
  }

  private void measure(String url) throws Exception {
    var few = new Ours("--threads", CLIENTS, "--body", BODY);
    var many = new Ours("--threads", "5000", "--body", BODY);
    var drawn =
        new Ours(
            "--threads", CLIENTS, "--body", TEMPLATE, "--header", "Idempotency-Key: {{purchase}}");
    var tools = tools();
    Map<String, List<Double>> beside = new LinkedHashMap<>();
    for (var turn = 0; turn < (quick ? 2 : 5); turn++) {
      for (var tool : tools) {
        Progress.say("turn " + (turn + 1) + ", " + tool.name());
        beside.computeIfAbsent(tool.name(), _ -> new ArrayList<>()).add(rate(tool, url));
      }
      Progress.say("turn " + (turn + 1) + ", storms");
      storm(url, few);
      storm(url, many);
      storm(url, drawn);
    }
    var first = true;
    for (var entry : beside.entrySet()) {
      var name = "`" + entry.getKey() + " -c " + CLIENTS + "`";
      row(
          "`storm --target`, 64 buyers, a second, against " + name,
          few,
          entry,
          first ? "1 or more" : "");
      row("the same, 5,000 buyers on 64 connections", many, entry, first ? "1 or more" : "");
      row(
          "the same, 64 buyers, values in a header and the body",
          drawn,
          entry,
          first ? "0.9 or more" : "");
      first = false;
    }
    table.row(
        "5,000 buyers: p99.9 of the whole purchase to its p50",
        "",
        "",
        Figures.of("%.2f", many.tails()),
        "2 or less");
  }

  private void row(String what, Ours ours, Map.Entry<String, List<Double>> beside, String wanted) {
    table.row(
        what,
        Figures.of("%,.0f", ours.rates()),
        Figures.of("%,.0f", beside.getValue()),
        Figures.of("%.2f", Figures.ratios(ours.rates(), beside.getValue())),
        wanted);
  }

  private List<Tool> tools() throws IOException {
    var body = Files.writeString(work.resolve("body.json"), BODY);
    var script =
        Files.writeString(
            work.resolve("buy.js"),
            """
            import http from 'k6/http';
            export default function () {
              http.post(__ENV.SHOP, '%s', { headers: { 'Content-Type': 'application/json' } });
            }
            """
                .formatted(BODY));
    Function<String, List<String>> posting =
        seconds ->
            List.of(
                "-c",
                CLIENTS,
                "-z",
                seconds,
                "-m",
                "POST",
                "-T",
                "application/json",
                "-D",
                body.toString());
    return Stream.of(
            new Tool(
                "oha",
                OHA,
                seconds ->
                    Stream.concat(Stream.of("--no-tui"), posting.apply(seconds).stream()).toList()),
            new Tool("hey", OHA, posting),
            new Tool(
                "k6",
                K6,
                seconds -> List.of("run", "-u", CLIENTS, "-d", seconds, script.toString())))
        .filter(tool -> LoadTool.installed(tool.name()))
        .toList();
  }

  private String seconds() {
    return quick ? "4s" : "10s";
  }

  private double rate(Tool tool, String url) throws Exception {
    var arguments = new ArrayList<>(tool.options().apply(seconds()));
    if (tool.name().equals("k6")) {
      arguments.addAll(1, List.of("-e", "SHOP=" + url));
    } else {
      arguments.add(url);
    }
    var output = Processes.output(work, Path.of(tool.name()), arguments.toArray(String[]::new));
    var found = tool.rate().matcher(output);
    if (!found.find()) {
      throw new FailedException("no rate in what " + tool.name() + " says:\n" + output);
    }
    return Double.parseDouble(found.group(1));
  }

  private void storm(String url, Ours ours) throws Exception {
    refill(url);
    var out = work.resolve("runs");
    Processes.ticketSim(
        work,
        Stream.concat(
                Stream.of(
                    "storm",
                    "--target",
                    url,
                    "--stock-url",
                    at(url, "/left"),
                    "--duration",
                    seconds(),
                    "--out",
                    out.toString()),
                ours.options().stream())
            .toArray(String[]::new));
    var latest = out.resolve(RunFolder.LATEST).toRealPath();
    var figures = Measurements.of(HistoryFile.read(new RunFolder(latest).history()));
    ours.rates().add(figures.throughput());
    var total = figures.total().orElseThrow();
    ours.tails().add((double) total.p999() / total.p50());
    try (var files = Files.walk(latest)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void refill(String url) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(at(url, "/refill")))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
        throw new FailedException("the shop did not fill its stock up");
      }
    }
  }

  private static String at(String url, String path) {
    return URI.create(url).resolve(path).toString();
  }
}
