package io.github.ticketsim.storm;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A stock in memory that sells as a test says. */
public final class MemoryStock implements Stock {
  private final Semaphore turns;
  private final AtomicLong counter;
  private final long stock;
  private final Callable<Outcome> sale;
  private volatile BooleanSupplier open = () -> true;

  /** Lets so many buyers in at once. */
  public MemoryStock(int turns, AtomicLong counter, Callable<Outcome> sale) {
    this.turns = new Semaphore(turns, true);
    this.counter = counter;
    this.stock = counter.get();
    this.sale = sale;
  }

  /** What there was to sell. */
  long stock() {
    return stock;
  }

  /** Called in a sale: waits until the storm lets no further attempt begin. */
  void awaitClosing() throws Exception {
    Await.until("the storm closes the sale", () -> !open.getAsBoolean());
  }

  @Override
  public String strategy() {
    return "memory";
  }

  @Override
  public Model model() {
    return Model.COUNTER;
  }

  @Override
  public Optional<Lease> acquire(BooleanSupplier isOpen) {
    turns.acquireUninterruptibly();
    open = isOpen;
    if (!isOpen.getAsBoolean()) {
      turns.release();
      return Optional.empty();
    }
    return Optional.of(
        new Lease() {
          @Override
          public Outcome buy() {
            try {
              return sale.call();
            } catch (RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void close() {
            turns.release();
          }
        });
  }

  @Override
  public Settlement settle() {
    return Settlement.settled(counter.get());
  }

  @Override
  public void close() {}
}
