package io.github.ticketsim.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Samples of the length of the append-only file over the last second. If the file is forced to the
 * disk once a second, a loss of power can take away what was written in that time.
 */
final class AofLengths implements Runnable {
  private static final long MEMORY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SAMPLE_MILLIS = 5;

  private final BundledRedis redis;
  private final LongSupplier nanoClock;
  private final NavigableMap<Long, Long> bytesByNanos = new ConcurrentSkipListMap<>();

  AofLengths(BundledRedis redis, LongSupplier nanoClock) {
    this.redis = redis;
    this.nanoClock = nanoClock;
  }

  /** Forces what has been written so far to the disk, and starts to sample anew. */
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
      // The file cannot be read at the moment; the samples so far remain.
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
