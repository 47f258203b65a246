package io.github.ticketsim.storm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The release of a closed load: all buyers at once, each on its virtual thread to the end. */
final class Rush implements Release {
  private final Load.Closed load;
  private final IntFunction<Buyer> buyers;
  private final Consumer<Throwable> broken;
  private final CountDownLatch ready;
  private final CountDownLatch start = new CountDownLatch(1);
  private final CountDownLatch done;

  /**
   * @param buyers makes the buyer of a number
   * @param broken is told of what no buyer should ever throw
   */
  Rush(Load.Closed load, IntFunction<Buyer> buyers, Consumer<Throwable> broken) {
    this.load = load;
    this.buyers = buyers;
    this.broken = broken;
    this.ready = new CountDownLatch(load.buyers());
    this.done = new CountDownLatch(load.buyers());
  }

  @Override
  public void prepare() throws InterruptedException {
    for (var number = 0; number < load.buyers(); number++) {
      var buyer = buyers.apply(number);
      Thread.ofVirtual().name("buyer-", number).start(() -> run(buyer));
    }
    ready.await();
  }

  private void run(Buyer buyer) {
    try {
      ready.countDown();
      start.await();
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
    start.countDown();
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
