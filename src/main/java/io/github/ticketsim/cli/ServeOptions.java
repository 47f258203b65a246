package io.github.ticketsim.cli;

import io.github.ticketsim.http.BrowserPolicy;
import io.github.ticketsim.ledger.HeapRoom;
import io.github.ticketsim.process.OpenFiles;
import io.github.ticketsim.service.ClientLimits;
import io.github.ticketsim.stock.redis.PipelinedStock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where a service listens and what it allows its clients. */
final class ServeOptions {
  private static final int MOST_PORT = 65_535;
  private static final int MOST_POOL = 10_000;
  private static final int MOST = 1_000_000;
  private static final int USUAL_CONNECTIONS = 16_384;

  /** Files that are open beside connections: the jar, logs, the folder of the run. */
  private static final int OTHER_FILES = 200;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Where to listen; 0 for any free port. Default: ${DEFAULT-VALUE}")
  private Count port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Which address to listen on, 0.0.0.0 for all. Default: ${DEFAULT-VALUE}")
  private String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = {
        "A further name by which clients call the service; may be repeated. Other names than this",
        "machine's, localhost, --host and IP addresses get 421"
      })
  private List<String> allowHosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description = {
        "Let web pages of SCHEME://HOST[:PORT] buy and read; may be repeated. Other pages than the",
        "service's own get 403 where they would buy"
      })
  private List<String> allowOrigins = List.of();

  @Option(
      names = "--pool",
      paramLabel = "N",
      defaultValue = "64",
      description = {
        "Purchases at Redis at once, each on a connection of its own; with strategies",
        "${bundle:strategies.pipelined} they share "
            + PipelinedStock.USUAL_CONNECTIONS
            + " connections. Default: ${DEFAULT-VALUE}"
      })
  private Count pool;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Connections of clients at once; further ones wait to be accepted. Default: "
              + USUAL_CONNECTIONS
              + ", or fewer where open files or memory are short")
  private @Nullable Count connections;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Purchases at once; further ones get 503. Default: ${DEFAULT-VALUE}")
  private Count inFlight;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      defaultValue = "16k",
      description = "Longest body of a request; a longer one gets 413. Default: ${DEFAULT-VALUE}")
  private Count maxBody;

  @Option(
      names = "--request-timeout",
      paramLabel = "D",
      defaultValue = "5s",
      description = {
        "For a request to arrive whole from its first byte on, for a purchase to be sent to Redis"
            + " and",
        "for each piece of an answer to be taken. Default: ${DEFAULT-VALUE}"
      })
  private Duration requestTimeout;

  @Option(
      names = "--idle-timeout",
      paramLabel = "D",
      defaultValue = "60s",
      description =
          "How long a connection may send nothing between two requests. Default: ${DEFAULT-VALUE}")
  private Duration idleTimeout;

  @Option(
      names = "--idempotency-keys",
      paramLabel = "N",
      defaultValue = "100k",
      description =
          "Idempotency-Keys to remember; a further one gets 503. Default: ${DEFAULT-VALUE}")
  private Count idempotencyKeys;

  @Option(
      names = "--cold",
      description =
          "Accept purchases at once. Default: first sell nothing to nobody for a few seconds, until"
              + " Java has compiled what a purchase takes; else the first customers would wait"
              + " longer")
  private boolean cold;

  boolean cold() {
    return cold;
  }

  int port() {
    return port.between("--port", 0, MOST_PORT);
  }

  String host() {
    return host;
  }

  /** Which web pages may use it, or a usage error. */
  BrowserPolicy browsers() {
    return new BrowserPolicy(
        all("--allow-host", allowHosts, BrowserPolicy::host),
        all("--allow-origin", allowOrigins, BrowserPolicy::origin));
  }

  private static Set<String> all(String option, List<String> values, UnaryOperator<String> form) {
    return UsageException.named(
        option, () -> values.stream().map(form).collect(Collectors.toSet()));
  }

  int pool() {
    return pool.between("--pool", 1, MOST_POOL);
  }

  /** The limits that the options ask for, or a usage error. */
  ClientLimits limits() {
    return new ClientLimits(
        clientConnections(),
        maxBody.between("--max-body", 0, Integer.MAX_VALUE),
        requestTimeout,
        idleTimeout,
        inFlight.between("--in-flight", 1, MOST),
        idempotencyKeys.between("--idempotency-keys", 0, 10 * MOST));
  }

  /** More connections than files may be open would end the listening altogether. */
  private int clientConnections() {
    var files = OpenFiles.most() - pool() - OTHER_FILES;
    if (connections == null) {
      var room = HeapRoom.connections(Runtime.getRuntime().maxMemory());
      return Math.clamp(Math.min(files, room), 1, USUAL_CONNECTIONS);
    }
    var wanted = connections.between("--connections", 1, MOST);
    if (wanted > files) {
      throw new UsageException(
          "--connections: %d, but only %d files may be open at once; lower it, or raise `ulimit -n`"
              .formatted(wanted, OpenFiles.most()));
    }
    return wanted;
  }

  /** How many attempts there is memory for, beside all else. */
  int recordRoom(ClientLimits limits) {
    var room = limits.recordRoom(Runtime.getRuntime().maxMemory());
    if (room == 0) {
      throw new UsageException(
          "--connections, --in-flight, --idempotency-keys: this JVM's heap leaves no room for"
              + " records beside them; lower them, or raise the heap with"
              + " JAVA_TOOL_OPTIONS=-Xmx...");
    }
    return room;
  }
}
