package io.github.ticketsim.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;

/**
 * How this process ends.
 *
 * <p>HotSpot takes up to 300 ms for that where a thread is in native code, in the hope that it
 * comes back ({@code VM_Exit::wait_for_threads_in_native_to_block}). The thread that watches the
 * sockets of virtual threads never does, so a storm would always last that much longer. A prompt
 * exit asks the system instead. Shutdown hooks and agents get no say in it: it is for where nothing
 * needs one.
 */
public enum Exit {
  /** As Java does. */
  ORDERLY,

  /** At once. */
  PROMPT,

  /** As Java does, after all that a prompt exit needs, so that it is in the cache being made. */
  REHEARSED;

  private static final String PROPERTY = "ticketsim.exit";

  /** Whether the launcher translates statuses. */
  private static final String LAUNCHED = "ticketsim.launched";

  /**
   * Java itself ends with 0 or 1 without having come to us, so a launcher is told other numbers.
   */
  private static final int TOLD = 40;

  /** The one that the launcher has chosen. */
  public static Exit chosen() {
    var name = System.getProperty(PROPERTY, "");
    return Stream.of(values()).filter(exit -> exit.name().equals(name)).findAny().orElse(ORDERLY);
  }

  /**
   * Ends this process. What was printed must have been flushed.
   *
   * @param mostTold up to which statuses a launcher is told other numbers
   */
  public void with(int meant, int mostTold) {
    var status = Boolean.getBoolean(LAUNCHED) && meant <= mostTold ? meant + TOLD : meant;
    if (this != ORDERLY) {
      try {
        exitPromptly(status);
      } catch (Throwable _) {
        // Then as Java does; no other status may come of it.
      }
    }
    System.exit(status);
  }

  /** Returns where that is only rehearsed. */
  @SuppressWarnings("restricted") // The manifest allows it.
  private void exitPromptly(int status) throws Throwable {
    var linker = Linker.nativeLinker();
    var exit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("_exit"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    if (this == PROMPT) {
      exit.invokeExact(status);
    }
  }
}
