package io.github.ticketsim.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A redis-server that runs as a daemon, in a session of its own: a Ctrl-C at the terminal reaches
 * every process of the foreground group, and must not end Redis before the storm has settled.
 *
 * @param process of the server
 * @param folder where its log, its process id and its data are
 * @param port on the loopback interface
 */
record RedisDaemon(ProcessHandle process, Path folder, int port) {
  static final String USE_YOUR_OWN = "run a Redis of your own and pass --redis URI";
  static final String PORT_TAKEN = "Failed listening on port";

  /** A configuration file in the folder of a server, if it needs one. */
  static final String CONFIGURATION = "redis.conf";

  private static final String LOG = "log";
  private static final String PID = "pid";

  /** Enough for the greatest pool and for control connections. */
  private static final int MOST_CLIENTS = 11_000;

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param options beyond those that every server has
   * @throws StockUnavailableException when it does not come up, with the server's own words
   */
  static RedisDaemon start(
      Path executable, Path folder, int port, List<String> options, LongSupplier nanoClock)
      throws IOException {
    Files.deleteIfExists(folder.resolve(LOG));
    Files.deleteIfExists(folder.resolve(PID));
    try {
      launch(executable, folder, port, options);
      return new RedisDaemon(awaitReady(folder.resolve(LOG), port, nanoClock), folder, port);
    } catch (IOException | StockUnavailableException e) {
      killLate(folder);
      throw e;
    }
  }

  /** Starts the daemon; the process that starts it ends at once. */
  private static void launch(Path executable, Path folder, int port, List<String> options)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "--port",
                Integer.toString(port),
                "--bind",
                RedisEndpoint.LOOPBACK,
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
                Integer.toString(MOST_CLIENTS)));
    command.addAll(options);
    if (Files.exists(folder.resolve(CONFIGURATION))) {
      command.addFirst(folder.resolve(CONFIGURATION).toString());
    }
    command.addFirst(executable.toString());
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
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
          if (line.contains("Ready to accept connections") || line.contains("Sentinel ID is")) {
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

  /** Ends a server that was not ready in time. */
  private static void killLate(Path folder) throws IOException {
    var pid = folder.resolve(PID);
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Ends the server as {@code kill -9} does, and waits until its port is closed. */
  void kill(LongSupplier nanoClock) throws IOException {
    process.destroyForcibly();
    var deadline = nanoClock.getAsLong() + END_LIMIT.toNanos();
    // The process itself may stay a zombie for long, so its port tells.
    while (listens()) {
      if (nanoClock.getAsLong() - deadline >= 0) {
        throw down(port, "it did not end");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean listens() throws IOException {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (ConnectException _) {
      return false;
    } catch (SocketException _) {
      // The kernel accepted the connection for a server that is just ending.
      return true;
    }
  }

  /** Sends a signal by its name, without SIG. */
  void signal(String name) throws IOException, InterruptedException {
    var pid = Long.toString(process.pid());
    var status =
        new ProcessBuilder("kill", "-" + name, pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw down(port, "kill -" + name + " exited with " + status);
    }
  }

  private static StockUnavailableException down(int port, String words) {
    return new StockUnavailableException(
        "bundled Redis on port " + port, words, "choose another --port, or " + USE_YOUR_OWN);
  }
}
