package io.github.ticketsim.cli;

import java.io.Console;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** What is on the other side of stdout and stderr: a person at a terminal, or a program. */
final class Terminal {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private Terminal() {}

  /** Whether somebody reads results from the screen. */
  static boolean showsResults() {
    return isTerminal() || isTerminal(STDOUT);
  }

  /** Whether to colour results: only for a terminal, and not against NO_COLOR. */
  static boolean colour() {
    return coloursAreWelcome() && showsResults();
  }

  /**
   * The same for the help. It is cheap to tell, and says no also where only stdin is redirected.
   */
  static Ansi ansi() {
    return coloursAreWelcome() && isTerminal() ? Ansi.ON : Ansi.OFF;
  }

  /** Whether somebody watches stderr, so that progress is worth showing. */
  static boolean showsProgress() {
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

  /** Asks the system, which takes no other process. */
  @SuppressWarnings("restricted") // The manifest allows it.
  private static boolean isTerminal(int descriptor) {
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
