package io.github.ticketsim.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One purchase a key. A key whose purchase may have taken a ticket is never forgotten while the
 * service runs: if there is no room for another key, the purchase is refused, as forgetting an old
 * one would sell its ticket twice.
 */
final class IdempotentPurchases {
  private final int most;
  private final Duration wait;
  private final ConcurrentHashMap<String, CompletableFuture<Answer>> purchases =
      new ConcurrentHashMap<>();

  /** Counts keys; one beyond the limit is removed again, and nothing was bought with it. */
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param most keys
   * @param wait how long a second request with the same key waits for the first
   */
  IdempotentPurchases(int most, Duration wait) {
    this.most = most;
    this.wait = wait;
  }

  int size() {
    return taken.get();
  }

  /** Takes over an answer of an earlier incarnation; may exceed the number of keys. */
  void remember(String key, Answer answer) {
    purchases.put(key, CompletableFuture.completedFuture(answer));
    taken.incrementAndGet();
  }

  /** What {@code purchase} answers, or answered when it was made for {@code key}. */
  Answer once(String key, Supplier<Answer> purchase) {
    var known = purchases.get(key);
    if (known != null) {
      return awaited(known);
    }
    var mine = new CompletableFuture<Answer>();
    var first = purchases.putIfAbsent(key, mine);
    if (first != null) {
      return awaited(first);
    }
    // Only now: a request with the same key must find this purchase, not the lack of room.
    return made(key, mine, taken.incrementAndGet() > most ? this::noRoom : purchase);
  }

  private Answer noRoom() {
    return new Answer.Refused(
        Refusal.IDEMPOTENCY_KEYS,
        "%,d Idempotency-Keys are remembered, and there is no room for another".formatted(most));
  }

  private Answer made(String key, CompletableFuture<Answer> mine, Supplier<Answer> purchase) {
    try {
      var answer = purchase.get();
      switch (answer) {
        case Answer.Decided _, Answer.Unknown _ -> {
          // Kept: it may have taken a ticket.
        }
        // Before it is answered, so that the buyer can try again.
        case Answer.Refused _, Answer.Underway _ -> forget(key, mine);
      }
      mine.complete(answer);
      return answer;
    } catch (Throwable e) {
      // Kept: it may have failed after the ticket was taken.
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private void forget(String key, CompletableFuture<Answer> purchase) {
    purchases.remove(key, purchase);
    taken.decrementAndGet();
  }

  private Answer awaited(CompletableFuture<Answer> first) {
    try {
      return first.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return new Answer.Underway();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Underway();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the first purchase with this key broke down", e.getCause());
    }
  }
}
