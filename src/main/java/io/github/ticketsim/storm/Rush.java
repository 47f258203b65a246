package io.github.ticketsim.storm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The release of a closed load: all buyers at once, each on its virtual thread to the end. Where
 * the stock has a line, they stand in it before the start. Else the first to be served would have
 * to wait until the last has got in line. Where it has none, their threads start with the sale,
 * which takes less than to wake them.
 */
final class Rush implements Release {
  private final Load.Closed load;
  private final List<Thread> threads;
  private final Consumer<Throwable> broken;
  private final CountDownLatch ready;
  private final Optional<Runnable> doors;
  private final CountDownLatch done;

  /**
   * @param doors opens those behind which the line forms, where there is one
   * @param buyers makes the buyer of a number
   * @param broken is told of what no buyer should ever throw
   */
  Rush(
      Load.Closed load,
      Optional<Runnable> doors,
      IntFunction<Buyer> buyers,
      Consumer<Throwable> broken) {
    this.load = load;
    this.doors = doors;
    this.broken = broken;
    this.ready = new CountDownLatch(load.buyers());
    this.done = new CountDownLatch(load.buyers());
    this.threads =
        IntStream.range(0, load.buyers())
            .mapToObj(number -> thread(number, buyers.apply(number)))
            .toList();
  }

  private Thread thread(int number, Buyer buyer) {
    return Thread.ofVirtual().name("buyer-", number).unstarted(() -> run(buyer));
  }

  @Override
  public void prepare() throws InterruptedException {
    if (doors.isPresent()) {
      threads.forEach(Thread::start);
      ready.await();
    }
  }

  private void run(Buyer buyer) {
    try {
      ready.countDown();
      buyer.buy(attemptsEach());
    } catch (Throwable e) {
      broken.accept(e);
    } finally {
      done.countDown();
    }
  }

  private long attemptsEach() {
    return switch (load.demand()) {
      case Demand.Purchases(var each) -> each;
      case Demand.Until _ -> Long.MAX_VALUE;
    };
  }

  @Override
  public void start() {
    doors.ifPresentOrElse(Runnable::run, () -> threads.forEach(Thread::start));
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
