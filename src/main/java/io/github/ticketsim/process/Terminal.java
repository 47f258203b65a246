package io.github.ticketsim.process;

import java.io.Console;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is on the other side of stdout and stderr: a person at a terminal, or a program. */
public final class Terminal {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private Terminal() {}

  /** Whether somebody reads results from the screen. */
  public static boolean showsResults() {
    return isTerminal() || isTerminal(STDOUT);
  }

  /** Whether to colour results: only for a terminal, and not against NO_COLOR. */
  public static boolean colour() {
    return coloursAreWelcome() && showsResults();
  }

  /** The same for the help. It is cheap to tell, and says no too if only stdin is redirected. */
  public static boolean coloursHelp() {
    return coloursAreWelcome() && isTerminal();
  }

  /** Whether somebody watches stderr, so that progress is worth showing. */
  public static boolean showsProgress() {
    return !isDumb() && isTerminal(STDERR);
  }

  private static boolean coloursAreWelcome() {
    return Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty() && !isDumb();
  }

  private static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /** Whether stdin and stdout are both a terminal; Java does not tell one without the other. */
  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private static boolean isTerminal(int descriptor) {
    return mayBeTerminal(descriptor) && asked(descriptor);
  }

  /** Spares most programs the question, which takes a quarter of Java's own start. */
  private static boolean mayBeTerminal(int descriptor) {
    try {
      var file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return file.startsWith("/dev") && !file.endsWith("null");
    } catch (IOException _) {
      // Not every system shows what is open.
      return true;
    }
  }

  /** Asks the system, which takes no other process. */
  @SuppressWarnings("restricted") // The manifest allows it.
  private static boolean asked(int descriptor) {
    try {
      var linker = Linker.nativeLinker();
      var isatty =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("isatty"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      return (int) isatty.invokeExact(descriptor) == 1;
    } catch (Throwable _) {
      // A system that does not tell: then nobody watches.
      return false;
    }
  }
}
