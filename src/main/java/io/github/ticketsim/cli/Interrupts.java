package io.github.ticketsim.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;

/**
 * The wish to end. Ctrl-C has two stages: the first asks to finish, the second ends the process at
 * once. SIGTERM and SIGHUP ask to finish however often they come: who sends them to a process often
 * sends them to its whole group too.
 */
final class Interrupts implements AutoCloseable {
  private static final String CTRL_C = "INT";
  private static final List<String> REQUESTS = List.of("TERM", "HUP");

  private final Map<String, Optional<Object>> previous = new LinkedHashMap<>();
  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
  private final AtomicBoolean interrupted = new AtomicBoolean();

  Interrupts() {
    register(CTRL_C, this::interrupt);
    REQUESTS.forEach(signal -> register(signal, this::ask));
  }

  private void register(String signal, Runnable handler) {
    previous.put(signal, Optional.ofNullable(Signals.register(signal, handler)));
  }

  /** Runs {@code action} on the first wish to end, or now if that has come already. */
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
    if (!ask()) {
      // Not exit(): shutdown hooks might wait for what the user no longer wants to wait for.
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
    }
  }

  /** False if that has been asked before. */
  private boolean ask() {
    if (interrupted.getAndSet(true)) {
      return false;
    }
    first.get().run();
    return true;
  }

  @Override
  public void close() {
    previous.forEach((signal, handler) -> Signals.unregister(signal, handler.orElse(null)));
  }
}
