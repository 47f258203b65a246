package io.github.ticketsim.bench;

/** Says what is being measured. */
final class Progress {
  private Progress() {}

  static void say(String what) {
    System.err.println("bench: " + what);
  }
}
