package io.github.ticketsim.process;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What is said beside the results. */
public final class Stderr {
  private static final int MOST_CHARACTERS = 1_000;

  private Stderr() {}

  /** Says something on one line of stderr, whatever it repeats of files and servers. */
  public static void say(PrintWriter err, @Nullable String message) {
    err.println("ticket-sim: " + oneLine(String.valueOf(message)));
  }

  /** What a file or a server made us repeat must not move the cursor, nor fill the screen. */
  private static String oneLine(String message) {
    var line = message.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }
}
