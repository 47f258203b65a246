package io.github.ticketsim.fault;

import io.github.ticketsim.stock.redis.BundledRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the append-only file was in the last second: as much as a loss of power may take away
 * where the file is forced to the disk once a second.
 */
final class WrittenLengths implements Runnable {
  private static final long MEMORY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SAMPLE_MILLIS = 5;

  private final BundledRedis redis;
  private final LongSupplier nanoClock;
  private final NavigableMap<Long, Long> bytesByNanos = new ConcurrentSkipListMap<>();

  WrittenLengths(BundledRedis redis, LongSupplier nanoClock) {
    this.redis = redis;
    this.nanoClock = nanoClock;
  }

  /** Forces to the disk what has been written so far; from now on all of that is sure. */
  void begin() throws IOException {
    redis.force();
    bytesByNanos.clear();
    sample();
  }

  /** Samples until interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
        sample();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // The file cannot be seen just now; what is known of it stands.
    }
  }

  private void sample() throws IOException {
    var now = nanoClock.getAsLong();
    bytesByNanos.put(now, redis.writtenBytes());
    bytesByNanos.headMap(now - MEMORY_NANOS).clear();
  }

  /** The length one second before {@code nanos}, or when it was last forced if that was later. */
  long oneSecondBefore(long nanos) {
    var then = bytesByNanos.ceilingEntry(nanos - MEMORY_NANOS);
    return (then == null ? bytesByNanos.lastEntry() : then).getValue();
  }
}
