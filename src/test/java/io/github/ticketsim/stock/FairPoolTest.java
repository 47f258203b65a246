package io.github.ticketsim.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Stock.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lost slot would be waited for without end. */
@Timeout(60)
class FairPoolTest {
  private final FairPool<String> pool = new FairPool<>(1);

  private record Held(FairPool<String> pool, Optional<String> connection, String next)
      implements Lease {
    @Override
    public Outcome buy() {
      return new Outcome.Failed(connection.orElse("none"));
    }

    @Override
    public void close() {
      pool.release(Optional.of(next));
    }
  }

  private Lease lease(String next) {
    return pool.acquire(() -> true, connection -> new Held(pool, connection, next)).orElseThrow();
  }

  private static String connection(Lease lease) {
    return ((Outcome.Failed) lease.buy()).error();
  }

  @Test
  void leasesAReleasedConnectionAgain() {
    try (var first = lease("a")) {
      assertThat(connection(first)).isEqualTo("none");
    }
    try (var second = lease("b")) {
      assertThat(connection(second)).isEqualTo("a");
    }
  }

  @Test
  void leasesFirstComeFirstServed() throws Exception {
    var served = new ConcurrentLinkedQueue<Integer>();
    var waiting = new ArrayList<Thread>();
    try (var _ = lease("a")) {
      for (var i = 0; i < 50; i++) {
        var number = i;
        var buyer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (var _ = lease("b")) {
                        served.add(number);
                      }
                    });
        Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
        waiting.add(buyer);
      }
    }
    for (var buyer : waiting) {
      buyer.join();
    }
    assertThat(List.copyOf(served)).isSorted().hasSize(50);
  }

  @Test
  void leasesNothingBeforeTheStartGateOpens() throws Exception {
    var open = pool.startGate();
    var buyer = Thread.ofVirtual().start(() -> lease("a").close());
    Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
    open.run();
    buyer.join();
    try (var lease = lease("b")) {
      assertThat(connection(lease)).isEqualTo("a");
    }
  }

  @Test
  void releasesTheSlotOfABuyerThatDoesNotWantItAnyMore() {
    lease("a").close();
    assertThat(pool.acquire(() -> false, _ -> pool.failed(new Outcome.Failed("")))).isEmpty();
    try (var lease = lease("b")) {
      assertThat(connection(lease)).isEqualTo("a");
    }
  }

  @Test
  void releasesTheSlotIfNoConnectionCanBeMade() {
    lease("a").close();
    var refused =
        pool.acquire(() -> true, _ -> pool.failed(new Outcome.Failed("no"))).orElseThrow();
    assertThat(connection(refused)).isEqualTo("no");
    refused.close();
    try (var lease = lease("b")) {
      assertThat(connection(lease)).isEqualTo("none");
    }
  }

  @Test
  void anInterruptDoesNotEndTheWait() throws Exception {
    var interrupted = new ConcurrentLinkedQueue<Boolean>();
    Thread buyer;
    try (var _ = lease("a")) {
      buyer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    lease("b").close();
                    interrupted.add(Thread.currentThread().isInterrupted());
                  });
      Await.until("the buyer waits", () -> buyer.getState() == Thread.State.WAITING);
      buyer.interrupt();
      Await.until("the buyer waits again", () -> buyer.getState() == Thread.State.WAITING);
      assertThat(interrupted).isEmpty();
    }
    buyer.join();
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void drainsAllConnectionsAndKeepsTheSlots() {
    var two = new FairPool<String>(2);
    var names = List.of("a", "b").iterator();
    two.fill(names::next);
    var drained = new ArrayList<String>();
    assertThatThrownBy(
            () ->
                two.drain(
                    connection -> {
                      drained.add(connection);
                      throw new IllegalStateException("it clings");
                    }))
        .hasMessage("it clings");
    two.drain(drained::add);
    two.drain(drained::add);
    assertThat(drained).containsExactly("a", "b");
    for (var i = 0; i < 2; i++) {
      two.acquire(() -> true, connection -> new Held(two, connection, "c"))
          .ifPresent(lease -> assertThat(connection(lease)).isEqualTo("none"));
    }
  }
}
