package io.github.ticketsim.bench;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What was measured, as a table of Markdown; each row as soon as it is known. */
final class Table {

  /**
   * @param command that makes it
   */
  Table(String command) throws IOException {
    System.out.printf(
        "%s, `%s`, on %s%n%n", LocalDate.now(ZoneOffset.UTC), command, Machine.words());
    System.out.println("| what | ticket-sim | beside it | ratio | wanted |");
    System.out.println("| --- | --- | --- | --- | --- |");
  }

  void row(String what, String ours, String beside, String ratio, String wanted) {
    System.out.println("| " + String.join(" | ", what, ours, beside, ratio, wanted) + " |");
  }
}
