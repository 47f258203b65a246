package io.github.ticketsim.stock.redis;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The role of a server in replication. If it has changed during a sale, or a replica has not got
 * all of the sale, another server may have become the primary, and what this one has sold since
 * will be lost.
 *
 * @param process which run of the server this is
 * @param role {@code master} or {@code slave}
 * @param lineage the replication id: it changes if the server has followed another in between
 * @param written how far the server has written, as a replication offset
 * @param confirmed how far each replica in step has confirmed, by its address; if the server does
 *     not tell, that counts as all
 */
record ReplicationState(
    String process, String role, String lineage, long written, Map<String, Long> confirmed) {
  private static final String PRIMARY = "master";
  private static final Pattern REPLICA =
      Pattern.compile(
          "^slave[0-9]+:(ip=[^,]*,port=[^,]*),state=online(?:,offset=([0-9]{1,18}))?",
          Pattern.MULTILINE);

  ReplicationState {
    confirmed = Map.copyOf(confirmed);
  }

  /** Whether it takes writes. */
  boolean primary() {
    return role.equals(PRIMARY);
  }

  /** Asks the server; empty if it does not tell. */
  static Optional<ReplicationState> ask(RedisControl control) {
    var replication = control.info("replication");
    var process = RedisControl.field(control.info("server"), "run_id");
    var role = RedisControl.field(replication, "role");
    var lineage = RedisControl.field(replication, "master_replid");
    var written = offset(RedisControl.field(replication, "master_repl_offset").orElse(""));
    return process.isPresent() && role.isPresent() && lineage.isPresent()
        ? Optional.of(
            new ReplicationState(
                process.get(),
                role.get(),
                lineage.get(),
                written.orElse(0L),
                confirmed(replication)))
        : Optional.empty();
  }

  private static Map<String, Long> confirmed(String replication) {
    return REPLICA
        .matcher(replication)
        .results()
        .collect(
            Collectors.toMap(
                replica -> replica.group(1),
                replica -> offset(replica.group(2)).orElse(Long.MAX_VALUE),
                Math::min));
  }

  private static Optional<Long> offset(@Nullable String digits) {
    return Optional.ofNullable(digits)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf);
  }

  /**
   * Why what was sold since is gone, or may be, though the server still shows it. Time does not
   * dispel this.
   *
   * <p>A restart resets the replication id. What it has lost shows in the counter that the server
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
    return sameProcess(later) && !lineage.equals(later.lineage)
        ? Optional.of(
            "the replication id of the server changed during the sale: it was a replica in"
                + " between, and what it had sold before may be lost")
        : Optional.empty();
  }

  /**
   * Which replicas may know less than what was sold, and one of them may be the primary. A replica
   * that has confirmed all of the sale to this server was none until then, so whatever becomes of
   * it, nothing is lost.
   *
   * @param later the same address, after the sale
   * @param sold how far it had written when all was sold
   */
  Optional<String> behindAt(ReplicationState later, long sold) {
    var gone = gone(later);
    if (gone > 0) {
      return Optional.of(
          ("%d of %d replicas left the server during the sale: if one of them was made the"
                  + " primary, what was sold since is lost")
              .formatted(gone, confirmed.size()));
    }
    var behind = later.confirmed.values().stream().filter(offset -> offset < sold).count();
    return behind > 0
        ? Optional.of(
            ("%d of %d replicas have not confirmed all that was sold: if one of them was made the"
                    + " primary, what it has not got is lost")
                .formatted(behind, later.confirmed.size()))
        : Optional.empty();
  }

  /** How many are missing. After a restart the address may be that of another server. */
  private long gone(ReplicationState later) {
    return sameProcess(later)
        ? confirmed.keySet().stream().filter(name -> !later.confirmed.containsKey(name)).count()
        : confirmed.size() - later.confirmed.size();
  }

  /** Whether the server was started anew meanwhile, or another one has its address. */
  boolean restartedAt(ReplicationState later) {
    return !sameProcess(later);
  }

  private boolean sameProcess(ReplicationState later) {
    return process.equals(later.process);
  }
}
