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
class AdaptivePollTest {
  private static final long ROUND_NANOS = 1_000_000;

  private final AtomicLong clock = new AtomicLong();
  private final ParkedReaders readers = new ParkedReaders(clock::get);

  /** Counts how often somebody polls. */
  private static final class Bytes extends ByteArrayInputStream {
    private boolean there;
    private int polls;

    Bytes() {
      super(new byte[0]);
    }

    @Override
    public synchronized int available() {
      polls++;
      return there ? 1 : 0;
    }
  }

  private static int polls(AdaptivePoll poll, Bytes bytes, boolean there) throws IOException {
    bytes.there = there;
    bytes.polls = 0;
    assertThat(poll.read(bytes, () -> "a reply")).isEqualTo("a reply");
    return bytes.polls;
  }

  @Test
  void pollsMoreAfterSuccessAndLessAfterFailure() throws IOException {
    var poll = new AdaptivePoll(readers);
    var bytes = new Bytes();
    assertThat(polls(poll, bytes, false)).isEqualTo(1);
    assertThat(polls(poll, bytes, false)).isEqualTo(1);
    for (var success = 0; success < 20; success++) {
      assertThat(polls(poll, bytes, true)).isEqualTo(1);
    }
    assertThat(polls(poll, bytes, false)).isEqualTo(128);
    assertThat(polls(poll, bytes, false)).isEqualTo(64);
    polls(poll, bytes, true);
    assertThat(polls(poll, bytes, false)).isEqualTo(64);
  }

  /** A parked thread that runs {@code afterwards} once it is unparked. */
  private Thread parked(Runnable afterwards) throws InterruptedException {
    var isParked = new CountDownLatch(1);
    var parked =
        Thread.ofVirtual()
            .start(
                () -> {
                  readers.beforePark();
                  isParked.countDown();
                  LockSupport.park();
                  readers.afterPark();
                  afterwards.run();
                });
    isParked.await();
    return parked;
  }

  /** Once a round. */
  @Test
  void aReaderThatFindsAReplyUnparksTheOthers() throws Exception {
    for (var round = 0; round < 3; round++) {
      var parked = parked(() -> {});
      clock.addAndGet(ROUND_NANOS);
      polls(new AdaptivePoll(readers), new Bytes(), true);
      parked.join();
    }
  }

  @Test
  void aReaderThatFindsNothingUnparksNoOther() throws Exception {
    var unparked = new AtomicLong();
    var parked = parked(() -> unparked.set(clock.get()));
    polls(new AdaptivePoll(readers), new Bytes(), false);
    clock.addAndGet(ROUND_NANOS);
    polls(new AdaptivePoll(readers), new Bytes(), true);
    parked.join();
    assertThat(unparked).hasValue(ROUND_NANOS);
  }
}
