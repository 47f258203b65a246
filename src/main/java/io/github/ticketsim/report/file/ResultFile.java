package io.github.ticketsim.report.file;

import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** The files that results are written into. */
public enum ResultFile {
  /** A page for people. */
  HTML(HtmlFile::write),
  /** JUnit XML, a test case a check. */
  JUNIT(JUnitFile::write),
  /** Markdown, for the page of a CI job. */
  SUMMARY(SummaryFile::write),
  /** OpenMetrics text. */
  METRICS(MetricsFile::write);

  /** What writes one. */
  private interface Rendering {
    void write(List<RunReport> runs, Writer target) throws IOException;
  }

  @SuppressWarnings("ImmutableEnumChecker") // All of them are static methods.
  private final Rendering rendering;

  ResultFile(Rendering rendering) {
    this.rendering = rendering;
  }

  /** The option that asks for it. */
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  /** Several files of this kind are one file with all of them behind each other. */
  boolean grows() {
    return this == SUMMARY;
  }

  /** What the file says of {@code runs}, at least one. */
  String text(List<RunReport> runs) throws IOException {
    var text = new StringWriter();
    rendering.write(runs, text);
    return text.toString();
  }
}
