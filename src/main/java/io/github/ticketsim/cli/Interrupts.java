package io.github.ticketsim.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;

/**
 * Ctrl-C in two stages: the first asks to finish, the second ends the process at once. Other
 * signals may be made to mean the same.
 */
final class Interrupts implements AutoCloseable {
  private static final String CTRL_C = "INT";

  private final Map<String, Optional<Object>> previous = new LinkedHashMap<>();
  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
  private final AtomicBoolean interrupted = new AtomicBoolean();

  Interrupts() {
    this(CTRL_C);
  }

  private Interrupts(String... signals) {
    for (var signal : signals) {
      previous.put(signal, Optional.ofNullable(Signals.register(signal, this::interrupt)));
    }
  }

  /** For a service, which is ended by SIGTERM as often as by Ctrl-C. */
  static Interrupts ofService() {
    return new Interrupts(CTRL_C, "TERM");
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
    previous.forEach((signal, handler) -> Signals.unregister(signal, handler.orElse(null)));
  }
}
