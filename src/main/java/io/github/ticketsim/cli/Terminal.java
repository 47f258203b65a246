package io.github.ticketsim.cli;

import java.io.Console;
import java.util.Optional;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import picocli.CommandLine.Help.Ansi;

/** What is on the other side of stdout and stderr: a person at a terminal, or a program. */
final class Terminal {

  private Terminal() {}

  /** Whether to colour stdout: only for a terminal, and not against NO_COLOR. */
  static boolean colour() {
    return isTerminal()
        && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** The same for picocli. */
  static Ansi ansi() {
    return colour() ? Ansi.ON : Ansi.OFF;
  }

  /** Whether somebody watches stderr, so that progress is worth showing. */
  static boolean showsProgress() {
    return isTerminal() && new ExecTerminalProvider().isSystemStream(SystemStream.Error);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
