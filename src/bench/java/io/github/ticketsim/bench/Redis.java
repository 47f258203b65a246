package io.github.ticketsim.bench;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A Redis for all of them, the bundled one. */
record Redis(Path work, Process process, int port) implements AutoCloseable {

  static Redis start(Path work) throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var process =
        CleanUp.started(
            new ProcessBuilder(
                    Processes.TICKET_SIM.toString(), "redis", "--port", Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    if (!new Output(process).await(_ -> true)) {
      CleanUp.end(process);
      throw new FailedException("no Redis on port " + port);
    }
    return new Redis(work, process, port);
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** DECRs a second. */
  double benchmark(String... options) throws Exception {
    var command =
        Stream.of(
                Stream.of("-p", Integer.toString(port), "--csv"),
                Stream.of(options),
                Stream.of("DECR", "bench:benchmark"))
            .flatMap(words -> words)
            .toArray(String[]::new);
    var lines =
        Processes.output(work, Path.of("redis-benchmark"), command).strip().lines().toList();
    return Double.parseDouble(lines.getLast().split(",", -1)[1].replace("\"", ""));
  }

  @Override
  public void close() {
    CleanUp.end(process);
  }
}
