package io.github.ticketsim.redis;

import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a server is set up.
 *
 * @param persistence what it keeps
 * @param primary the port of the server on this machine that it replicates, if any
 * @param more options
 * @param lines of its configuration file; none for no file
 */
public record ServerConfig(
    Persistence persistence, Optional<Integer> primary, List<String> more, List<String> lines) {
  /** Copies lists. */
  public ServerConfig {
    more = List.copyOf(more);
    lines = List.copyOf(lines);
  }

  /** A server that belongs to no topology. */
  public ServerConfig(Persistence persistence, Optional<Integer> primary) {
    this(persistence, primary, List.of(), List.of());
  }

  static ServerConfig sentinel(List<String> lines) {
    return new ServerConfig(Persistence.NONE, Optional.empty(), List.of("--sentinel"), lines);
  }

  /** A node of a cluster, which talks to the others on {@code busPort}. */
  static ServerConfig member(Persistence persistence, String busPort) {
    return new ServerConfig(
        persistence,
        Optional.empty(),
        List.of(
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            busPort,
            "--cluster-node-timeout",
            "2000",
            "--cluster-replica-validity-factor",
            "0"),
        List.of());
  }

  ServerConfig following(Optional<Integer> leader) {
    return new ServerConfig(persistence, leader, more, lines);
  }

  /** A single server that keeps nothing. */
  public static ServerConfig plain() {
    return new ServerConfig(Persistence.NONE, Optional.empty());
  }

  List<String> options() {
    var options = new ArrayList<>(persistence.options());
    options.addAll(List.of("--repl-diskless-sync-delay", "0"));
    primary.ifPresent(
        port -> options.addAll(List.of("--replicaof", RedisEndpoint.LOOPBACK + " " + port)));
    options.addAll(more);
    return options;
  }
}
