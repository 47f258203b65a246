package io.github.ticketsim.metrics;

import java.math.BigDecimal;

/**
 * Metrics in the text that Prometheus and OpenMetrics have in common: families of samples with
 * labels. It is written by hand, since a client library would add several jars to save some forty
 * lines.
 */
public final class Exposition {
  private final StringBuilder out = new StringBuilder();

  /**
   * Begins a family: all its samples follow.
   *
   * @param type such as {@code gauge}
   */
  public void family(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /**
   * A sample.
   *
   * @param labels names and values in turn
   */
  public void sample(String name, double value, String... labels) {
    add(name, new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString(), labels);
  }

  /** A sample that is a whole number. */
  public void sample(String name, long value, String... labels) {
    add(name, Long.toString(value), labels);
  }

  private void add(String name, String value, String... labels) {
    out.append(name);
    for (var i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escaped(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ");
    out.append(value).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** All of it. */
  public String text() {
    return out.toString();
  }

  /** The same with the last line that OpenMetrics asks for. */
  public String end() {
    return text() + "# EOF\n";
  }
}
