package io.github.ticketsim.process;

/** The threads of the system on which all virtual threads run. */
public final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private Carriers() {}

  /**
   * Leaves a core to what all virtual threads wait for: the Redis that is stormed, which is on this
   * machine more often than not, or the thread that writes the records of a service. On a machine
   * with two cores it would be pushed aside by every second virtual thread. Has an effect only
   * before the first virtual thread starts. A property that the user has set stays.
   */
  public static void spareOne() {
    if (System.getProperty(PARALLELISM) == null) {
      var others = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
      System.setProperty(PARALLELISM, Integer.toString(others));
    }
  }
}
