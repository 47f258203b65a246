package io.github.ticketsim;

import java.util.Optional;
import java.util.stream.Stream;

/** A library that a sale file may need, and that ticket-sim does not bring along. */
enum MissingLibrary {
  YAML("org.snakeyaml:snakeyaml-engine", "org/snakeyaml/", "a sale file"),
  CSV("org.apache.commons:commons-csv", "org/apache/commons/csv/", "data or orders in CSV"),
  HTTP("org.apache.httpcomponents.core5:httpcore5", "org/apache/hc/", "a target over HTTP"),
  REDIS("redis.clients:jedis", "redis/clients/", "a target that is a Redis"),
  POSTGRESQL("org.postgresql:postgresql", "org/postgresql/", "a target in PostgreSQL"),
  SQLITE("org.xerial:sqlite-jdbc", "org/sqlite/", "a target in SQLite");

  private final String artifact;
  private final String prefix;
  private final String need;

  MissingLibrary(String artifact, String prefix, String need) {
    this.artifact = artifact;
    this.prefix = prefix;
    this.need = need;
  }

  /** The one whose class is missing, if it is one of these. */
  static Optional<MissingLibrary> of(NoClassDefFoundError missing) {
    var name = String.valueOf(missing.getMessage());
    return Stream.of(values()).filter(library -> name.contains(library.prefix)).findFirst();
  }

  /** Its group and name, with a colon between. */
  String artifact() {
    return artifact;
  }

  /** What to do about it. */
  String words() {
    return "%s needs %s; add it to the dependencies of the test".formatted(need, artifact);
  }
}
