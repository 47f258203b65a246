package io.github.ticketsim.endure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/**
 * {@code Postgres DATA [PORT]}: a PostgreSQL that keeps its files in DATA, until this is killed.
 * Prints the port.
 */
final class Postgres {
  private Postgres() {}

  public static void main(String[] arguments) throws Exception {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(Path.of(arguments[0]))
            .setCleanDataDirectory(false);
    if (arguments.length > 1) {
      builder.setPort(Integer.parseInt(arguments[1]));
    }
    try (var server = builder.start()) {
      System.out.println("ready " + server.getPort());
      Thread.currentThread().join();
    }
  }
}
