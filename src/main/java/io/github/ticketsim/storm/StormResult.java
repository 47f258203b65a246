package io.github.ticketsim.storm;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Ending;
import java.time.Instant;

/**
 * What a storm leaves behind.
 *
 * @param started when the first buyers were released
 * @param startNanos the same moment on the monotonic clock; attempts count from it
 * @param buyers how many were
 * @param attempts all of them
 * @param ending what was read of the stock afterwards
 */
public record StormResult(
    Instant started, long startNanos, int buyers, Attempts attempts, Ending ending) {}
