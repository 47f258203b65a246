package io.github.ticketsim.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most bytes of the heap that were in use after any collection. */
final class HeapPeak {
  private final AtomicLong most = new AtomicLong();

  private HeapPeak() {}

  /** Of this process, from now on. */
  static HeapPeak watch() {
    var peak = new HeapPeak();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, _) -> peak.collected((CompositeData) notification.getUserData()),
            notification ->
                notification
                    .getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
            null);
      }
    }
    return peak;
  }

  private void collected(CompositeData data) {
    var usage = GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc();
    most.accumulateAndGet(usage.values().stream().mapToLong(MemoryUsage::getUsed).sum(), Math::max);
  }

  long bytes() {
    return most.get();
  }
}
