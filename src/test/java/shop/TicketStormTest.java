package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Reply;
import io.github.ticketsim.Report;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.TicketStormException;
import io.github.ticketsim.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written as a user of the library would write it, and in another package. */
class TicketStormTest {
  @TempDir private Path folder;

  /** Takes a ticket if there is one. */
  private static final class SoundShop {
    private final AtomicLong left;

    SoundShop(long tickets) {
      left = new AtomicLong(tickets);
    }

    boolean buy() {
      return left.getAndUpdate(tickets -> Math.max(0, tickets - 1)) > 0;
    }
  }

  private static Reply thrown(Class<? extends Throwable> type) throws Exception {
    var thrown = type.getConstructor(String.class).newInstance("the reply was lost");
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  private TicketStorm storm() {
    return TicketStorm.of(100).buyers(500).out(folder);
  }

  @Test
  void nothingOversells() throws Exception {
    var shop = new SoundShop(100);

    var report =
        storm()
            .purchase(_ -> shop.buy() ? Reply.sold() : Reply.soldOut())
            .left(shop.left::get)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.soldAtLeast()).isEqualTo(100);
    assertThat(report.soldAtMost()).isEqualTo(100);
    assertThat(report.soldOut()).isEqualTo(400);
    assertThat(report.saved().orElseThrow().resolve("history.ndjson")).isRegularFile();
  }

  @Test
  void saysWhyARunIsNotSaved() throws Exception {
    var shop = new SoundShop(100);
    var taken = new AtomicBoolean();

    var report =
        storm()
            .purchase(
                _ -> {
                  if (taken.compareAndSet(false, true)) {
                    try (var runs = Files.list(folder)) {
                      Files.createDirectory(
                          runs.findFirst().orElseThrow().resolve("history.ndjson"));
                    }
                  }
                  return shop.buy() ? Reply.sold() : Reply.soldOut();
                })
            .left(shop.left::get)
            .run();

    assertThat(report.saved()).isEmpty();
    assertThat(report.problems())
        .first()
        .asString()
        .contains("cannot write into", folder.toString());
    assertThat(report.toString()).endsWith(String.join("\n", report.problems()) + "\n");
  }

  @Test
  void nothingIsBoughtIfTheRunCannotBeSaved() throws Exception {
    var shop = new SoundShop(100);
    var file = Files.createFile(folder.resolve("runs"));

    assertThatThrownBy(
            () ->
                storm()
                    .out(file)
                    .purchase(_ -> shop.buy() ? Reply.sold() : Reply.soldOut())
                    .left(shop.left::get)
                    .run())
        .isInstanceOf(TicketStormException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("\n");
    assertThat(shop.left).hasValue(100);
  }

  @Test
  void aShopThatChecksAndThenActsFailsTheTestWithItsReport() throws Exception {
    var left = new AtomicLong(100);

    var report =
        storm()
            .purchase(
                _ -> {
                  if (left.get() <= 0) {
                    return Reply.soldOut();
                  }
                  // The check holds no more when others run in between.
                  Thread.sleep(1);
                  left.decrementAndGet();
                  return Reply.sold();
                })
            .left(left::get)
            .run();

    assertThat(report.soldAtLeast()).isGreaterThan(100);
    assertThatThrownBy(() -> assertThat(report.verdict()).isEqualTo(Verdict.VALID))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("INVALID: sold")
        .hasMessageContaining("oversell");
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoSuchMethodError.class})
  void whateverIsThrownLeavesThePurchaseIndeterminate(Class<? extends Throwable> type)
      throws Exception {
    var shop = new SoundShop(100);

    var report =
        storm()
            .purchase(
                purchase -> {
                  var sold = shop.buy();
                  if (purchase.customer() == 7) {
                    return thrown(type);
                  }
                  return sold ? Reply.sold() : Reply.soldOut();
                })
            .left(shop.left::get)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.toString()).contains("the reply was lost", "indeterminate            1");
  }

  @Test
  void withoutWhatIsLeftNothingIsProven() throws Exception {
    var shop = new SoundShop(100);

    var report = storm().purchase(_ -> shop.buy() ? Reply.sold() : Reply.soldOut()).run();

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.toString()).contains("pass left(...)");
  }

  @Test
  void advisesWhatATestCanChange() throws Exception {
    var shop = new SoundShop(1_000);

    var report =
        TicketStorm.of(1_000)
            .buyers(10)
            .out(folder)
            .purchase(_ -> shop.buy() ? Reply.sold() : Reply.soldOut())
            .left(shop.left::get)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.toString().replaceAll("\\s+", " "))
        .contains("raise buyers(...) or purchases(...)", "rough; raise purchases(...)")
        .doesNotContain("--");
  }

  @Test
  void whatWasProvenNotToBeExecutedIsFailed() throws Exception {
    var shop = new SoundShop(100);

    var report =
        storm()
            .purchase(
                purchase ->
                    purchase.buyer() < 10
                        ? Reply.failed("turned away")
                        : shop.buy() ? Reply.sold() : Reply.soldOut())
            .left(shop.left::get)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.toString()).contains("turned away");
  }

  @Test
  void aPurchaseThatWaitsForEverIsInterrupted() throws Exception {
    var shop = new SoundShop(100);
    var never = new CountDownLatch(1);

    var report =
        storm()
            .stallTimeout(Duration.ofMillis(500))
            .retry(0.5)
            .purchase(
                purchase -> {
                  if (purchase.buyer() % 100 == 7) {
                    never.await();
                  }
                  return shop.buy() ? Reply.sold() : Reply.soldOut();
                })
            .left(shop.left::get)
            .run();

    assertThat(report.toString()).contains("interrupted");
  }

  @Test
  void aDeadlockIsNamed() throws Exception {
    var shop = new SoundShop(100);
    var lock = new Object();
    var held = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var holder =
        new FutureTask<>(
            () -> {
              synchronized (lock) {
                held.countDown();
                over.await();
                return true;
              }
            });
    Thread.ofVirtual().start(holder);
    held.await();
    try {
      assertThatThrownBy(
              () ->
                  storm()
                      .stallTimeout(Duration.ofMillis(500))
                      .purchase(
                          purchase -> {
                            if (purchase.buyer() == 7) {
                              synchronized (lock) {
                                shop.buy();
                              }
                            }
                            return shop.buy() ? Reply.sold() : Reply.soldOut();
                          })
                      .left(shop.left::get)
                      .run())
          .isInstanceOf(TicketStormException.class)
          .hasMessageContaining("a purchase has not returned for 1500 ms")
          .hasMessageContaining("it stands in shop.TicketStormTest")
          .hasMessageEndingWith("look for a deadlock");
    } finally {
      over.countDown();
      assertThat(holder.get()).isTrue();
    }
  }

  @Test
  void aStormOfNothingIsRefused() {
    assertThatThrownBy(() -> TicketStorm.of(0)).hasMessage("tickets: 0, expected at least 1");
    assertThatThrownBy(() -> storm().limitPerCustomer(0))
        .hasMessage("limit: 0, expected at least 1");
  }

  /** Of 600 purchases 200 are a customer's first, which take all of the 100 tickets. */
  private Report limited(int limitOfTheShop) throws InterruptedException {
    var shop = new SoundShop(100);
    var had = new ConcurrentHashMap<Long, Integer>();
    var keys = ConcurrentHashMap.<String>newKeySet();
    var report =
        TicketStorm.of(100)
            .buyers(200)
            .purchases(3)
            .limitPerCustomer(1)
            .out(folder)
            .purchase(
                purchase -> {
                  keys.add(purchase.key());
                  if (had.getOrDefault(purchase.customer(), 0) >= limitOfTheShop) {
                    return Reply.limited();
                  }
                  if (!shop.buy()) {
                    return Reply.soldOut();
                  }
                  had.merge(purchase.customer(), 1, Integer::sum);
                  return Reply.sold();
                })
            .left(shop.left::get)
            .run();
    assertThat(keys).hasSize(600);
    return report;
  }

  @Test
  void aLimitPerCustomerIsJudgedToo() throws Exception {
    var report = limited(1);
    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.limited()).isPositive();
    assertThat(report.limited() + report.soldOut()).isEqualTo(500);
  }

  @Test
  void aCustomerWhoGetsMoreThanTheLimitIsFound() throws Exception {
    assertThat(limited(3).toString()).contains("INVALID", "limit");
  }
}
