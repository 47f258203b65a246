package io.github.ticketsim.ledger.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL for tests, which may die and come back. */
public final class PostgresServer implements AutoCloseable {
  private final Path data;
  private EmbeddedPostgres server;

  private PostgresServer(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
  }

  /** Starts one that keeps its files in {@code data}, and leaves them there. */
  public static PostgresServer start(Path data) throws IOException {
    return new PostgresServer(data, builder(data).start());
  }

  private static EmbeddedPostgres.Builder builder(Path data) {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  /** Its own database, for {@code --records}. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port());
  }

  public int port() {
    return server.getPort();
  }

  /** SIGKILL for all of its processes. */
  public void kill() throws Exception {
    for (var process : processes()) {
      process.destroyForcibly();
    }
    for (var process : processes()) {
      process.onExit().get();
    }
  }

  private List<ProcessHandle> processes() throws IOException {
    var main = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    return ProcessHandle.of(main).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  /** Starts it again where it was, after {@link #kill}. */
  public void restart() throws IOException {
    var port = port();
    server.close();
    server = builder(data).setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
