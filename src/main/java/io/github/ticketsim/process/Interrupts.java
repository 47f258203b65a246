package io.github.ticketsim.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;

/**
 * The wish to end. Ctrl-C has two stages: the first asks to finish, the second ends the process at
 * once. SIGTERM and SIGHUP ask to finish however often they come: they are often sent to a whole
 * group of processes too.
 */
public final class Interrupts implements AutoCloseable {
  private static final String CTRL_C = "INT";
  private static final List<String> REQUESTS = List.of("TERM", "HUP");

  private final Map<String, Optional<Object>> previous = new LinkedHashMap<>();
  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final int status;

  /**
   * @param status of the process that is ended at once
   */
  public Interrupts(int status) {
    this.status = status;
    register(CTRL_C, this::interrupt);
    REQUESTS.forEach(signal -> register(signal, this::ask));
  }

  private void register(String signal, Runnable handler) {
    previous.put(signal, Optional.ofNullable(Signals.register(signal, handler)));
  }

  /** Runs {@code action} on the first wish to end, or now if that has come already. */
  public void onFirst(Runnable action) {
    first.set(action);
    if (interrupted.get()) {
      action.run();
    }
  }

  /** Whether somebody has asked to end. */
  public boolean interrupted() {
    return interrupted.get();
  }

  private void interrupt() {
    if (!ask()) {
      // Not exit(): shutdown hooks might wait for what the user no longer wants to wait for.
      Runtime.getRuntime().halt(status);
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
