package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Buyers who go on until they are closed; what they were answered, by their key. */
final class Crowd implements AutoCloseable {
  static final int BUYERS = 16;

  private static final Pattern ID = Pattern.compile("\"id\" ?: ?\"([^\"]+)\"");
  private static final Pattern IN_FLIGHT =
      Pattern.compile("\\nticket_sim_purchases_in_flight ([0-9]+)");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean over = new AtomicBoolean();
  final Map<String, String> decided = new ConcurrentHashMap<>();
  final Map<String, String> unknown = new ConcurrentHashMap<>();
  final Set<String> refused = ConcurrentHashMap.newKeySet();
  final Set<String> asked = ConcurrentHashMap.newKeySet();
  final Set<String> odd = ConcurrentHashMap.newKeySet();

  void buy(String url) {
    IntStream.range(0, BUYERS).forEach(buyer -> threads.execute(() -> buy(url, buyer)));
  }

  private void buy(String url, int buyer) {
    try {
      for (var i = 0; !over.get(); i++) {
        var key = "%s-%d-%d".formatted(url, buyer, i);
        asked.add(key);
        var answer = post(client, url, Optional.of(key));
        switch (answer.statusCode()) {
          case 200 -> decided.put(key, answer.body());
          case 504 -> unknown.put(key, answer.body());
          case 503 -> refused.add(key);
          default -> odd.add(answer.body());
        }
        if (answer.statusCode() == 503 && !answer.body().contains("\"reason\":\"records\"")) {
          odd.add(answer.body());
        }
      }
    } catch (IOException | InterruptedException _) {
      // The service was killed.
    }
  }

  /** Returns when all are answered. */
  void stop() {
    over.set(true);
    threads.close();
  }

  @Override
  public void close() {
    stop();
    client.close();
  }

  static HttpResponse<String> post(HttpClient client, String url, Optional<String> key)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + "/buy")).POST(BodyPublishers.noBody());
    key.ifPresent(value -> request.header("Idempotency-Key", value));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static List<String> records(HttpClient client, String url) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/records"))
            .header("Accept", "application/x-ndjson")
            .build();
    return client.send(request, BodyHandlers.ofString()).body().lines().toList();
  }

  static String id(String record) {
    var id = ID.matcher(record);
    assertThat(id.find()).as(record).isTrue();
    return id.group(1);
  }

  static int inFlight(HttpClient client, String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
    var metric = IN_FLIGHT.matcher(client.send(request, BodyHandlers.ofString()).body());
    assertThat(metric.find()).isTrue();
    return Integer.parseInt(metric.group(1));
  }
}
