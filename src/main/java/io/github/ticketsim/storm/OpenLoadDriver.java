package io.github.ticketsim.storm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * One thread starts each attempt when it is due, on a virtual thread of its own. It sleeps between
 * them and never spins, so it is late by as much as the machine wakes it late; then it starts all
 * that is due at once, and leaves nothing out.
 */
final class OpenLoadDriver implements LoadDriver {

  /** So that the end of the window is seen in time. */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Load.Open load;
  private final StormWindow window;
  private final IntFunction<Buyer> buyers;
  private final Consumer<Throwable> broken;
  private final Semaphore room;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;
  private volatile int started;

  /**
   * @param buyers makes the buyer of a number
   * @param broken is told of what no buyer should ever throw
   */
  OpenLoadDriver(
      Load.Open load, StormWindow window, IntFunction<Buyer> buyers, Consumer<Throwable> broken) {
    this.load = load;
    this.window = window;
    this.buyers = buyers;
    this.broken = broken;
    this.room = new Semaphore(load.mostUnderWay());
    // Not a virtual one: it would wait for a carrier behind the buyers that it starts.
    this.thread = Thread.ofPlatform().daemon().name("open-load").unstarted(this::run);
  }

  @Override
  public void prepare() {
    // Buyers come later, one by one.
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      pace();
    } catch (Throwable e) {
      broken.accept(e);
    } finally {
      room.acquireUninterruptibly(load.mostUnderWay());
      done.countDown();
    }
  }

  private void pace() {
    var begins = load.schedule().begins();
    var begin = begins.nextLong();
    for (var number = 0; number < most() && begin < end(); number++) {
      if (!awaitTime(begin)) {
        return;
      }
      room.acquireUninterruptibly();
      try {
        begin(buyers.apply(number), begin);
      } catch (Throwable e) {
        room.release();
        throw e;
      }
      started = number + 1;
      begin = begins.nextLong();
    }
  }

  private int most() {
    return switch (load.demand()) {
      case Demand.Purchases(var all) -> all;
      case Demand.Until _ -> Integer.MAX_VALUE;
    };
  }

  private long end() {
    return switch (load.demand()) {
      case Demand.Purchases _ -> Long.MAX_VALUE;
      case Demand.Until(var limit, _) -> limit.toNanos();
    };
  }

  /** Whether the window was still open at {@code begin}. */
  private boolean awaitTime(long begin) {
    while (window.open()) {
      var ahead = begin - window.now();
      if (ahead <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, Math.min(ahead, LONGEST_SLEEP_NANOS));
    }
    return false;
  }

  private void begin(Buyer buyer, long intended) {
    Thread.ofVirtual()
        .name("buyer")
        .start(
            () -> {
              try {
                buyer.buyOnce(intended);
              } catch (Throwable e) {
                broken.accept(e);
              } finally {
                room.release();
              }
            });
  }

  @Override
  public boolean awaitEnd(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean underWay() {
    return room.availablePermits() < load.mostUnderWay();
  }

  @Override
  public int buyers() {
    return started;
  }
}
