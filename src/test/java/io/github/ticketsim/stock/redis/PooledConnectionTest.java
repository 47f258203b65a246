package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether a command may be sent over a connection that nobody has used for a while. */
@Timeout(60)
class PooledConnectionTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Stands still unless a test lets time pass. */
  private final AtomicLong clock = new AtomicLong();

  private final AtomicReference<FakeRedis.Client> asking = new AtomicReference<>();

  @AutoClose private final FakeRedis redis;
  @AutoClose private final Watchdog watchdog = new Watchdog(clock::get);

  PooledConnectionTest() throws IOException {
    redis = new FakeRedis();
    redis.on(
        "DECR",
        (client, _) -> {
          asking.set(client);
          client.send(":7");
        });
  }

  private PooledConnection used() throws Exception {
    var names = new NamedConnections(redis.endpoint(), PATIENT, "run");
    var factory =
        PooledConnection.factory(
            redis.route(), PATIENT, names, new ParkedReaders(clock::get), watchdog);
    var connection = (PooledConnection) factory.makeObject().getObject();
    assertThat(connection.usable()).isTrue();
    assertThat(Commands.decr(connection, "stock")).isEqualTo(7);
    return connection;
  }

  @Test
  void isUsableAfterAnyIdleTime() throws Exception {
    try (var connection = used()) {
      assertThat(connection.usable()).isTrue();
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(connection.usable()).isTrue();
      assertThat(Commands.decr(connection, "stock")).isEqualTo(7);
    }
  }

  @Test
  void isNotUsableAfterUnexpectedBytes() throws Exception {
    try (var connection = used()) {
      asking.get().send(":99");
      Await.until("it has come", () -> !connection.usable());
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(connection.usable()).isFalse();
    }
  }

  @Test
  void isNotUsableWhereTheServerHasHungUpMeanwhile() throws Exception {
    try (var connection = used()) {
      asking.get().hangUp();
      clock.addAndGet(Duration.ofHours(1).toNanos());
      Await.until("it has been told", () -> !connection.usable());
    }
  }
}
