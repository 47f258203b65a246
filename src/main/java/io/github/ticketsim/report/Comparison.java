package io.github.ticketsim.report;

import java.util.List;
import java.util.OptionalLong;

/**
 * Several runs side by side.
 *
 * @param rows in the order in which they ran
 */
public record Comparison(List<Row> rows) {

  /**
   * One run.
   *
   * @param commands that Redis executed during it, where it tells
   */
  public record Row(RunReport report, OptionalLong commands) {}
}
