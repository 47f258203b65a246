package io.github.ticketsim.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
  private static final Duration PATIENT = Duration.ofHours(1);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong now = new AtomicLong();
  private final AtomicReference<ProgressText> view = new AtomicReference<>();
  private final List<String> lines = new ArrayList<>();

  /** One buyer, whose every purchase takes a second; the view is looked at before each ends. */
  private List<String> storm(Demand demand) throws InterruptedException {
    var counter = new AtomicLong(2);
    var stock =
        new MemoryStock(
            1,
            counter,
            () -> {
              now.addAndGet(SECOND);
              lines.add(view.get().line());
              var left = counter.decrementAndGet();
              return left >= 0
                  ? new Outcome.Sold(OptionalLong.of(left))
                  : new Outcome.Indeterminate("reset");
            });
    var plan = new StormPlan(1, demand, PATIENT);
    var clock = new StormClock(now::get, InstantSource.system());
    var storm = new Storm(plan, stock, clock, PurchaseIds.random());
    view.set(new ProgressText(storm));
    lines.add(view.get().line());
    storm.run();
    return lines;
  }

  @Test
  void goesByAttemptsWhereTheirNumberIsPlanned() throws Exception {
    assertThat(storm(new Demand.Purchases(4)))
        .containsExactly(
            "[..........]   0 %  0.0 s  0/s  sold 0, sold out 0",
            "[..........]   0 %  1.0 s  0/s  sold 0, sold out 0",
            "[##........]  25 %  2.0 s  1/s  p99 1.01 s  sold 1, sold out 0",
            "[#####.....]  50 %  3.0 s  1/s  p99 1.01 s  sold 2, sold out 0",
            "[#######...]  75 %  4.0 s  1/s  p99 1.01 s  sold 2, sold out 0, unknown 1");
  }

  @Test
  void goesByTimeWhereThatIsPlanned() throws Exception {
    assertThat(storm(new Demand.Until(Duration.ofSeconds(10))))
        .hasSize(11)
        .startsWith("[..........]   0 %  0.0 s  0/s  sold 0, sold out 0")
        .contains("[###.......]  30 %  3.0 s  1/s  p99 1.01 s  sold 2, sold out 0")
        .last()
        .asString()
        .startsWith("[##########] 100 %  10.0 s  ");
  }

  @Test
  void throughputIsThatOfTheLastLines() throws Exception {
    assertThat(storm(new Demand.Until(Duration.ofSeconds(30))))
        .last()
        .isEqualTo("[##########] 100 %  30.0 s  0/s  p99 1.01 s  sold 2, sold out 0, unknown 27");
  }
}
