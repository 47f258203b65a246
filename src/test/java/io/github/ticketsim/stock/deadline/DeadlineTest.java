package io.github.ticketsim.stock.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Deadline deadline = new Deadline(closed::incrementAndGet, answered::get);

  @Test
  void closesWhatTakesTooLong() {
    assertThat(deadline.start(100)).isTrue();
    assertThat(deadline.check(100)).isFalse();
    assertThat(closed).hasValue(0);
    assertThat(deadline.check(101)).isTrue();
    assertThat(deadline.check(102)).isTrue();
    assertThat(closed).hasValue(1);
    assertThat(deadline.stop()).isTrue();
  }

  @Test
  void letsBeWhatHasEnded() {
    assertThat(deadline.start(100)).isTrue();
    assertThat(deadline.stop()).isFalse();
    deadline.check(101);
    assertThat(closed).hasValue(0);
  }

  @Test
  void letsBeWhatIsAnsweredAndOnlyNotReadYet() {
    answered.set(true);
    assertThat(deadline.start(100)).isTrue();
    deadline.check(101);
    assertThat(closed).hasValue(0);
    answered.set(false);
    deadline.check(102);
    assertThat(closed).hasValue(1);
  }

  @Test
  void startsNothingOnAConnectionThatIsBeingClosed() {
    assertThat(deadline.start(100)).isTrue();
    deadline.check(101);
    assertThat(deadline.stop()).isTrue();
    assertThat(deadline.start(200)).isFalse();
    deadline.check(201);
    assertThat(closed).hasValue(1);
  }
}
