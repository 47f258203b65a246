package io.github.ticketsim.cli;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import picocli.CommandLine.Help.Ansi;

/** What is on the other side of stdout and stderr: a person at a terminal, or a program. */
final class Terminal {

  private static final int DEFAULT_WIDTH = 80;

  private Terminal() {}

  /** Whether to colour stdout: only for a terminal, and not against NO_COLOR. */
  static boolean colour() {
    return isTerminal()
        && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
        && !isDumb();
  }

  /** The same for picocli. */
  static Ansi ansi() {
    return colour() ? Ansi.ON : Ansi.OFF;
  }

  /** Whether somebody watches stderr, so that progress is worth showing. */
  static boolean showsProgress() {
    return isTerminal()
        && !isDumb()
        // Asked in general, JLine would look for a terminal of Windows too, with a library that it
        // unpacks for that.
        && new ExecTerminalProvider().isPosixSystemStream(SystemStream.Error);
  }

  /** Columns of the terminal, or {@value #DEFAULT_WIDTH} where it does not say. */
  static int width() {
    // Left to itself, JLine takes over Ctrl-C, and the progress bar would do so through JLine.
    try (var terminal = TerminalBuilder.builder().dumb(true).nativeSignals(false).build()) {
      return terminal.getWidth() > 0 ? terminal.getWidth() - 1 : DEFAULT_WIDTH;
    } catch (IOException _) {
      return DEFAULT_WIDTH;
    }
  }

  private static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
