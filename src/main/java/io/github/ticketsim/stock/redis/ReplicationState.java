package io.github.ticketsim.stock.redis;

import java.util.Optional;

/**
 * The role of a server in replication. If it has changed during a sale, another server may have
 * become the primary, and what this one has sold since will be lost.
 *
 * @param process which run of the server this is
 * @param role {@code master} or {@code slave}
 * @param lineage the replication id: it changes if the server has followed another in between
 * @param replicas that are connected
 */
record ReplicationState(String process, String role, String lineage, long replicas) {
  private static final String PRIMARY = "master";

  /** Asks the server; empty if it does not tell. */
  static Optional<ReplicationState> ask(RedisControl control) {
    var server = control.info("server");
    var replication = control.info("replication");
    var process = RedisControl.field(server, "run_id");
    var role = RedisControl.field(replication, "role");
    var lineage = RedisControl.field(replication, "master_replid");
    var replicas =
        RedisControl.field(replication, "connected_slaves").filter(n -> n.matches("[0-9]{1,9}"));
    return process.isPresent() && role.isPresent() && lineage.isPresent() && replicas.isPresent()
        ? Optional.of(
            new ReplicationState(
                process.get(), role.get(), lineage.get(), Long.parseLong(replicas.get())))
        : Optional.empty();
  }

  /**
   * Why what was sold since may be gone, though the server still shows it.
   *
   * <p>A restart resets all of this. What it has lost shows in the counter that the server
   * continues with.
   *
   * @param later the same address, after the sale
   */
  Optional<String> doubtAt(ReplicationState later) {
    if (!role.equals(later.role)) {
      return Optional.of(
          later.role.equals(PRIMARY)
              ? "the server was a replica before the sale and is a primary now"
              : "the server became a replica during the sale: what it had sold since another"
                  + " primary was chosen is lost");
    }
    if (!process.equals(later.process)) {
      return Optional.empty();
    }
    if (!lineage.equals(later.lineage)) {
      return Optional.of(
          "the replication id of the server changed during the sale: it was a replica in between,"
              + " and what it had sold before may be lost");
    }
    return later.replicas < replicas
        ? Optional.of(
            ("%d of %d replicas left the server during the sale: if one of them was made the"
                    + " primary, what was sold since is lost")
                .formatted(replicas - later.replicas, replicas))
        : Optional.empty();
  }
}
