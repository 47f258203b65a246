package io.github.ticketsim.stock.http;

import java.util.Map;

/**
 * What is asked once for each customer ahead of the storm.
 *
 * @param keep what of the reply is kept: names of values, each with a JSON pointer
 */
public record HttpStep(HttpTarget request, Map<String, String> keep) {
  /** Copies {@code keep}. */
  public HttpStep {
    keep = Map.copyOf(keep);
  }
}
