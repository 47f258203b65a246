package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookoutTest {
  private static final long ROUND_NANOS = 1_000_000;

  private final AtomicLong clock = new AtomicLong();
  private final Lookouts all = new Lookouts(clock::get);

  /** Counts how often somebody looks. */
  private static final class Bytes extends ByteArrayInputStream {
    private boolean there;
    private int looks;

    Bytes() {
      super(new byte[0]);
    }

    @Override
    public synchronized int available() {
      looks++;
      return there ? 1 : 0;
    }
  }

  private static int looks(Lookout lookout, Bytes bytes, boolean there) throws IOException {
    bytes.there = there;
    bytes.looks = 0;
    assertThat(lookout.read(bytes, () -> "a reply")).isEqualTo("a reply");
    return bytes.looks;
  }

  @Test
  void looksAsOftenAsThatHasBeenWorthIt() throws IOException {
    var lookout = new Lookout(all);
    var bytes = new Bytes();
    assertThat(looks(lookout, bytes, false)).isEqualTo(1);
    assertThat(looks(lookout, bytes, false)).isEqualTo(1);
    for (var success = 0; success < 20; success++) {
      assertThat(looks(lookout, bytes, true)).isEqualTo(1);
    }
    assertThat(looks(lookout, bytes, false)).isEqualTo(128);
    assertThat(looks(lookout, bytes, false)).isEqualTo(64);
    looks(lookout, bytes, true);
    assertThat(looks(lookout, bytes, false)).isEqualTo(64);
  }

  /** A thread that sleeps now, and does something once it is woken. */
  private Thread sleeper(Runnable afterwards) throws InterruptedException {
    var asleep = new CountDownLatch(1);
    var sleeper =
        Thread.ofVirtual()
            .start(
                () -> {
                  all.fallAsleep();
                  asleep.countDown();
                  LockSupport.park();
                  all.wakeUp();
                  afterwards.run();
                });
    asleep.await();
    return sleeper;
  }

  /** Once a round: each wakes whoever sleeps then. */
  @Test
  void whoFindsAReplyLetsThoseWhoSleepLookToo() throws Exception {
    for (var round = 0; round < 3; round++) {
      var sleeper = sleeper(() -> {});
      clock.addAndGet(ROUND_NANOS);
      looks(new Lookout(all), new Bytes(), true);
      sleeper.join();
    }
  }

  @Test
  void whoFindsNothingWakesNobody() throws Exception {
    var woken = new AtomicLong();
    var sleeper = sleeper(() -> woken.set(clock.get()));
    looks(new Lookout(all), new Bytes(), false);
    clock.addAndGet(ROUND_NANOS);
    looks(new Lookout(all), new Bytes(), true);
    sleeper.join();
    assertThat(woken).hasValue(ROUND_NANOS);
  }
}
