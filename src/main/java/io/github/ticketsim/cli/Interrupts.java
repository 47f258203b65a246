package io.github.ticketsim.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Ctrl-C in two stages: the first asks to finish, the second ends the process at once. */
final class Interrupts implements AutoCloseable {
  private static final String SIGNAL = "INT";

  private final @Nullable Object previous;
  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
  private final AtomicBoolean interrupted = new AtomicBoolean();

  Interrupts() {
    previous = Signals.register(SIGNAL, this::interrupt);
  }

  /** Runs {@code action} on the first Ctrl-C, or now if that has come already. */
  void onFirst(Runnable action) {
    first.set(action);
    if (interrupted.get()) {
      action.run();
    }
  }

  boolean interrupted() {
    return interrupted.get();
  }

  private void interrupt() {
    if (interrupted.getAndSet(true)) {
      // Not exit(): shutdown hooks might wait for what the user no longer wants to wait for.
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
    }
    first.get().run();
  }

  @Override
  public void close() {
    Signals.unregister(SIGNAL, previous);
  }
}
