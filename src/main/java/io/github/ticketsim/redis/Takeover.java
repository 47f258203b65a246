package io.github.ticketsim.redis;

/** How a replica comes to be the primary. */
public enum Takeover {
  /** By the command that operators use. */
  COMMAND,
  /** By that of a cluster that does not ask the old primary. */
  FORCE,
  /** Because the old primary was killed. */
  KILL
}
