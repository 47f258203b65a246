package io.github.ticketsim.redis;

/** How the servers of a private Redis stand to each other. */
public enum Topology {
  /** One server, with a replica if one is needed. */
  SINGLE("single"),
  /** A primary and a replica that three Sentinels watch. */
  SENTINEL("sentinel"),
  /** A cluster in which each primary has a replica. */
  CLUSTER("cluster");

  private final String wireName;

  Topology(String wireName) {
    this.wireName = wireName;
  }

  /** The word for this in options. */
  public String wireName() {
    return wireName;
  }

  /** Whether a replica can take over in this way. */
  public boolean allows(Takeover how) {
    return switch (this) {
      case SINGLE -> how == Takeover.COMMAND;
      case SENTINEL -> how != Takeover.FORCE;
      case CLUSTER -> true;
    };
  }

  @Override
  public String toString() {
    return wireName;
  }
}
