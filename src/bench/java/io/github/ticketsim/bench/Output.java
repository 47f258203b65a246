package io.github.ticketsim.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a service says while it runs: read to its end, or else it would wait for somebody who reads.
 */
record Output(Process process) {

  /** Whether a line came in time that {@code ready} is true of. */
  boolean await(Predicate<String> ready) throws InterruptedException {
    var found = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              process.inputReader().lines().filter(ready).forEach(_ -> found.countDown());
              ended.countDown();
            });
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Processes.MOST_SECONDS_TO_START);
    while (System.nanoTime() < deadline) {
      if (found.await(50, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (ended.getCount() == 0) {
        return found.getCount() == 0;
      }
    }
    return false;
  }
}
