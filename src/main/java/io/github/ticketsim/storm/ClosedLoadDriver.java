package io.github.ticketsim.storm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Starts all buyers at once, each on its virtual thread to the end. If the stock has a start gate,
 * they queue there before the start: else the first lease would wait until the last buyer has
 * queued. If it has none, their threads start with the storm, which is cheaper than to wake them.
 */
final class ClosedLoadDriver implements LoadDriver {
  private final Load.Closed load;
  private final List<Thread> threads;
  private final Consumer<Throwable> broken;
  private final CountDownLatch ready;
  private final Optional<Runnable> gate;
  private final CountDownLatch done;

  /**
   * @param own whose numbers buyers have, and in whose order they are started
   * @param gate opens the start gate of the stock, if it has one
   * @param buyers makes the buyer of a number
   * @param broken is told of what no buyer should ever throw
   */
  ClosedLoadDriver(
      Load.Closed load,
      OwnBuyers own,
      Optional<Runnable> gate,
      IntFunction<Buyer> buyers,
      Consumer<Throwable> broken) {
    this.load = load;
    this.gate = gate;
    this.broken = broken;
    this.ready = new CountDownLatch(load.buyers());
    this.done = new CountDownLatch(load.buyers());
    this.threads =
        own.byCustomer(load.buyers())
            .mapToObj(number -> thread(number, buyers.apply(number)))
            .toList();
  }

  private Thread thread(int number, Buyer buyer) {
    return Thread.ofVirtual().name("buyer-", number).unstarted(() -> run(buyer));
  }

  @Override
  public void prepare() throws InterruptedException {
    if (gate.isPresent()) {
      threads.forEach(Thread::start);
      ready.await();
    }
  }

  private void run(Buyer buyer) {
    try {
      ready.countDown();
      buyer.buy(load.mostEach());
    } catch (Throwable e) {
      broken.accept(e);
    } finally {
      done.countDown();
    }
  }

  @Override
  public void start() {
    gate.ifPresentOrElse(Runnable::run, () -> threads.forEach(Thread::start));
  }

  @Override
  public boolean awaitEnd(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean underWay() {
    return done.getCount() > 0;
  }

  @Override
  public int buyers() {
    return load.buyers();
  }
}
