package io.github.ticketsim.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.service.ServiceConfig;
import io.github.ticketsim.service.TicketService;
import io.github.ticketsim.stock.ObservableStock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.redis.Route;
import io.github.ticketsim.storm.PurchaseIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that sells from a real Redis on a free port, and clients for it. */
final class RunningService implements AutoCloseable {
  static final ClientLimits LIMITS =
      new ClientLimits(5_000, 1_000, Duration.ofSeconds(5), Duration.ofSeconds(60), 5_000, 1_000);

  /** Turns at Redis. */
  static final int POOL = 16;

  /** What {@link #buyAtOnce} keeps under way. */
  static final int AT_ONCE = 500;

  static final String PROBLEM = "application/problem+json";
  private static final JsonMapper JSON = new JsonMapper();

  private final ObservableStock stock;
  private final TicketService service;
  private final TicketServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningService(ObservableStock stock, TicketService service, TicketServer server) {
    this.stock = stock;
    this.service = service;
    this.server = server;
  }

  static RunningService sells(long tickets, RedisServer redis) throws Exception {
    return sells(tickets, redis, LIMITS, Duration.ofSeconds(2), 1_000_000);
  }

  static RunningService sells(
      long tickets, RedisServer redis, ClientLimits limits, Duration timeout) throws Exception {
    return sells(tickets, redis, limits, timeout, 1_000_000);
  }

  /**
   * @param timeout of Redis
   * @param room for records
   */
  static RunningService sells(
      long tickets, RedisServer redis, ClientLimits limits, Duration timeout, int room)
      throws Exception {
    return sells(tickets, redis, limits, timeout, _ -> new MemoryRecords(room));
  }

  static RunningService sells(
      long tickets,
      RedisServer redis,
      ClientLimits limits,
      Duration timeout,
      RedisStrategy strategy)
      throws Exception {
    return sells(
        tickets,
        redis,
        limits,
        timeout,
        strategy,
        BrowserPolicy.OWN,
        _ -> new MemoryRecords(1_000_000));
  }

  static RunningService sells(long tickets, RedisServer redis, BrowserPolicy browsers)
      throws Exception {
    return sells(
        tickets,
        redis,
        LIMITS,
        Duration.ofSeconds(2),
        RedisStrategy.DECR,
        browsers,
        _ -> new MemoryRecords(1_000));
  }

  /**
   * @param records of the sale, which is begun
   */
  static RunningService sells(
      long tickets,
      RedisServer redis,
      ClientLimits limits,
      Duration timeout,
      Function<Run, Records> records)
      throws Exception {
    return sells(tickets, redis, limits, timeout, RedisStrategy.DECR, BrowserPolicy.OWN, records);
  }

  private static RunningService sells(
      long tickets,
      RedisServer redis,
      ClientLimits limits,
      Duration timeout,
      RedisStrategy strategy,
      BrowserPolicy browsers,
      Function<Run, Records> records)
      throws Exception {
    var key = redis.freshKey();
    try (var control = RedisControl.connect(redis.endpoint(), timeout)) {
      control.preload(strategy, key, tickets);
    }
    var id = UUID.randomUUID();
    var stock =
        open(redis.route(), new RedisStockConfig(strategy, key, timeout), "ticket-sim-" + id);
    var wall = InstantSource.system();
    var run =
        Run.of(
            id,
            wall.instant(),
            strategy.wireName(),
            strategy.model(),
            key,
            tickets,
            0,
            Optional.empty());
    var service =
        new TicketService(
            new ServiceConfig(
                run,
                stock,
                POOL,
                records.apply(run),
                Path.of("nowhere"),
                System::nanoTime,
                wall,
                PurchaseIds.random()::next),
            limits);
    var server = TicketServer.start("127.0.0.1", 0, service, browsers, limits, System::nanoTime);
    return new RunningService(stock, service, server);
  }

  /** On shared connections where the strategy allows it, as the command does. */
  private static ObservableStock open(Route to, RedisStockConfig config, String name) {
    return config.strategy().pipelines()
        ? PipelinedStock.open(
            to, to, config, PipelinedStock.USUAL_CONNECTIONS, name, System::nanoTime)
        : RedisStock.open(to, to, config, POOL, name, System::nanoTime);
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(at(path));
  }

  HttpResponse<String> buy(String... headers) throws IOException {
    var request = at("/buy").POST(BodyPublishers.noBody());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Many requests, up to {@value #AT_ONCE} of them under way at a time. */
  List<HttpResponse<String>> buyAtOnce(int requests) {
    var places = new Semaphore(AT_ONCE);
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, requests)
          .mapToObj(_ -> CompletableFuture.supplyAsync(() -> mustAnswer(places), buyers))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private HttpResponse<String> mustAnswer(Semaphore places) {
    places.acquireUninterruptibly();
    try {
      return buy();
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      places.release();
    }
  }

  static ClientLimits limits(Duration requestTime, int inFlight, int keys) {
    return new ClientLimits(
        LIMITS.connections(), LIMITS.bodyBytes(), requestTime, LIMITS.idleTime(), inFlight, keys);
  }

  static void assertProblem(HttpResponse<String> response, int status, String... words) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(PROBLEM);
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("detail").asString()).contains(words);
  }

  static String id(HttpResponse<String> response) {
    return json(response).get("id").asString();
  }

  static List<String> ids(JsonNode records) {
    return StreamSupport.stream(records.spliterator(), false)
        .map(record -> record.get("id").asString())
        .toList();
  }

  static HttpResponse<String> unchecked(RunningService service, String key) {
    try {
      return service.buy("Idempotency-Key", key);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  JsonNode json(String path) throws IOException {
    return json(get(path));
  }

  /** The value of a metric that has no more than one series of {@code name}. */
  long metric(String name) throws IOException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  void awaitInFlight(int purchases) throws Exception {
    Await.until(
        purchases + " purchases are under way",
        () -> metric("ticket_sim_purchases_in_flight") == purchases);
  }

  /** A connection on which a test can write what it likes. */
  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** Ends the service as Ctrl-C does. */
  History end() throws Exception {
    service.close(Duration.ofSeconds(30));
    server.close();
    return service.end().history();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    stock.close();
  }
}
