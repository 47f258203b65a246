package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryFileTest {

  @Test
  void theVerdictComesFirstThenChecksAndTheWitness() {
    var summary = Reports.text(ResultFile.SUMMARY, Reports.golden("invalid", "p99>1ns"));
    assertThat(summary)
        .startsWith("### \u2717 INVALID: decr\n\nsold 3 of 2 tickets; 4 buyers came;")
        .contains("Likely cause: overlapping attempts got the same value \\(1 pair\\)")
        .contains("| duplicate ticket | \u2717 fail | ticket 1 \\(value 1\\) was handed out twice")
        .contains("| <code>p99&gt;1ns</code> | \u2717 missed | |")
        .contains("**duplicate ticket:**\n\n- buyer 0: sold with value 1, called at")
        .contains("Saved as <code>runs/invalid.ndjson</code>.");
  }

  @Test
  void anUnknownRunSaysWhatToChange() {
    assertThat(Reports.text(ResultFile.SUMMARY, Reports.golden("unknown")))
        .startsWith("### ? UNKNOWN: decr")
        .contains("Because too many attempts failed", "raise --timeout");
  }

  @Test
  void aRowIsALineAndTextIsNeverMarkup() {
    var summary = Reports.text(ResultFile.SUMMARY, Reports.hostile());
    assertThat(summary).doesNotContain("<script").contains("&lt;script&gt;alert\\(1\\)");
    assertThat(summary.lines()).noneMatch(line -> line.startsWith("::"));
    assertThat(summary.lines().filter(line -> line.startsWith("| ")))
        .allSatisfy(
            row -> assertThat(row.replaceAll("\\\\.", "").split("\\|", -1)).hasSizeBetween(5, 8));
  }
}
