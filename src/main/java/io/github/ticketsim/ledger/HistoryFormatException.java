package io.github.ticketsim.ledger;

/** A history file that is not what format 1 asks for. */
public final class HistoryFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file, or what else was read
   * @param line counted from 1
   * @param problem the rule that is broken, the value received and what was expected
   */
  public HistoryFormatException(String file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
