package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import redis.clients.jedis.HostAndPort;
import redis.embedded.RedisExecProvider;
import redis.embedded.exceptions.OsDetectionException;

/**
 * A real redis-server from the jar, on the loopback interface, keeping nothing on disk.
 *
 * <p>It runs as a daemon, in a session of its own: a Ctrl-C at the terminal reaches every process
 * of the foreground group, and a Redis that died of it would spoil the end of the storm. A guard
 * process ends the server and removes its files when this JVM is gone, however it went.
 */
public final class BundledRedis implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOG = "log";
  private static final String PID = "pid";

  /** Enough for the greatest pool, and some to watch it. */
  private static final int MOST_CLIENTS = 11_000;

  private static final int PORT_TRIES = 5;
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final String INSTEAD = "run a Redis of your own and pass --redis URI";

  private static final String PORT_TAKEN = "Failed listening on port";

  /**
   * Waits for the end of its input, which is the end of this JVM, and for the server's process id,
   * which may be about to be written just then. Ctrl-C is not for it.
   */
  private static final String GUARD =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      tries=0
      while [ ! -s "$1/pid" ] && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
      kill -9 "$(cat "$1/pid")" 2>/dev/null
      rm -rf "$1"
      """;

  private final ProcessHandle server;
  private final Process guard;
  private final Path folder;
  private final int port;

  private BundledRedis(ProcessHandle server, Process guard, Path folder, int port) {
    this.server = server;
    this.guard = guard;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server on a free port.
   *
   * @param nanoClock monotonic, to bound the wait
   * @throws StockUnavailableException when it does not come up
   */
  public static BundledRedis start(LongSupplier nanoClock) {
    for (var tried = 1; ; tried++) {
      try {
        return start(freePort(), nanoClock);
      } catch (StockUnavailableException e) {
        // Between finding a port free and taking it, somebody else may have taken it.
        if (tried == PORT_TRIES || !String.valueOf(e.getMessage()).contains(PORT_TAKEN)) {
          throw e;
        }
      }
    }
  }

  /**
   * Starts a server on {@code port}.
   *
   * @param nanoClock monotonic, to bound the wait
   * @throws StockUnavailableException when it does not come up, with the server's own words
   */
  public static BundledRedis start(int port, LongSupplier nanoClock) {
    try {
      var extracted = executable();
      var folder = Files.createTempDirectory("ticket-sim-redis-");
      // Before there is anything to guard: this JVM may end at any moment.
      var guard = guard(folder);
      try {
        launch(Files.move(extracted, folder.resolve("redis-server")), folder, port);
        return new BundledRedis(
            awaitReady(folder.resolve(LOG), port, nanoClock), guard, folder, port);
      } catch (IOException | StockUnavailableException e) {
        guard.destroyForcibly();
        kill(folder);
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new StockUnavailableException("bundled Redis", String.valueOf(e.getMessage()), INSTEAD);
    }
  }

  /** Starts the daemon; the process that this needs ends at once. */
  private static void launch(Path executable, Path folder, int port) throws IOException {
    new ProcessBuilder(
            executable.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            LOOPBACK,
            "--daemonize",
            "yes",
            "--dir",
            folder.toString(),
            "--logfile",
            folder.resolve(LOG).toString(),
            "--pidfile",
            folder.resolve(PID).toString(),
            "--save",
            "",
            "--maxclients",
            Integer.toString(MOST_CLIENTS),
            "--appendonly",
            "no")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Ends a server that came too late to be of use. */
  private static void kill(Path folder) throws IOException {
    var pid = folder.resolve(PID);
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Path executable() throws IOException {
    try {
      return RedisExecProvider.defaultProvider().get().toPath();
    } catch (IllegalArgumentException | OsDetectionException e) {
      throw new StockUnavailableException(
          "bundled Redis", "there is none for this system (" + e.getMessage() + ")", INSTEAD);
    }
  }

  /** Reads the server's log until it says that it is ready; its lines begin with its process id. */
  private static ProcessHandle awaitReady(Path log, int port, LongSupplier nanoClock)
      throws IOException {
    var deadline = nanoClock.getAsLong() + START_LIMIT.toNanos();
    var last = "it said nothing";
    while (nanoClock.getAsLong() - deadline < 0) {
      if (Files.exists(log)) {
        for (var line : Files.readAllLines(log)) {
          last = line;
          if (line.contains("Ready to accept connections")) {
            var pid = Long.parseLong(line.substring(0, line.indexOf(':')));
            return ProcessHandle.of(pid).orElseThrow(() -> down(port, "it ended at once"));
          }
        }
        if (last.contains("aborting") || last.contains("Fatal")) {
          throw down(port, last.substring(last.indexOf('#') + 1).strip());
        }
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw down(port, last);
  }

  private static StockUnavailableException down(int port, String words) {
    return new StockUnavailableException(
        "bundled Redis on port " + port, words, "choose another --port, or " + INSTEAD);
  }

  private static Process guard(Path folder) throws IOException {
    return new ProcessBuilder("sh", "-c", GUARD, "ticket-sim-guard", folder.toString()).start();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StockUnavailableException(
          "bundled Redis", "no free port (" + e.getMessage() + ")", INSTEAD);
    }
  }

  /** How to reach the server. */
  public RedisEndpoint endpoint() {
    return new RedisEndpoint(new HostAndPort(LOOPBACK, port), false, null, null, 0);
  }

  /** The server's process. */
  public ProcessHandle process() {
    return server;
  }

  @Override
  public void close() {
    guard.destroyForcibly();
    server.destroyForcibly();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(f -> f.delete());
    } catch (IOException | UncheckedIOException _) {
      // What is left stands in the system's temporary folder.
    }
  }
}
