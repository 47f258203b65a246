package io.github.ticketsim.redis;

import java.util.List;

/** What the bundled Redis keeps on disk, by its append-only file. */
public enum Persistence {
  /** Nothing; a restart begins empty. */
  NONE("none"),
  /** Every write, forced to the disk once a second. */
  EVERYSEC("everysec"),
  /** Every write, forced to the disk before it is acknowledged. */
  ALWAYS("always");

  private final String wireName;

  Persistence(String wireName) {
    this.wireName = wireName;
  }

  /** The word for this in options and reports. */
  public String wireName() {
    return wireName;
  }

  /** Whether anything is written at all. */
  public boolean keeps() {
    return this != NONE;
  }

  /** The same for people, behind the version of the server; begins with a blank, or is empty. */
  String words() {
    return keeps() ? " with appendfsync " + wireName : "";
  }

  /** Without rewriting the file: its length must tell how much was written when. */
  List<String> options() {
    return keeps()
        ? List.of(
            "--appendonly", "yes", "--appendfsync", wireName, "--auto-aof-rewrite-percentage", "0")
        : List.of("--appendonly", "no");
  }

  @Override
  public String toString() {
    return wireName;
  }
}
