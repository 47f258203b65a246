package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A strategy that is one command with a number for a reply. */
interface NumberReply extends PipelinableStrategy {

  /** What the reply says. */
  Outcome outcome(long reply);

  @Override
  default void requireSense(@Nullable Object reply) {
    if (!(reply instanceof Long)) {
      throw new IllegalStateException("the reply to a purchase is no number");
    }
  }

  @Override
  default Outcome meaning(@Nullable Object reply) {
    return outcome((Long) Objects.requireNonNull(reply));
  }
}
