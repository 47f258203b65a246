package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsFileTest {
  private static final String VALUE = "=\"(?:[^\"\\\\]|\\\\.)*\"";

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)\\{[a-z]+" + VALUE + "(?:,[a-z]+" + VALUE + ")*\\} -?[0-9.]+");

  @Test
  void theFiguresOfARunAreSamples() {
    assertThat(Reports.text(ResultFile.METRICS, Reports.golden("invalid")).lines())
        .contains(
            "ticket_sim_run_verdict{strategy=\"decr\",verdict=\"INVALID\"} 1",
            "ticket_sim_run_verdict{strategy=\"decr\",verdict=\"VALID\"} 0",
            "ticket_sim_run_check{strategy=\"decr\",check=\"duplicate_ticket\",status=\"fail\"} 1",
            "ticket_sim_run_attempts{strategy=\"decr\",outcome=\"sold\"} 3",
            "ticket_sim_run_sold_at_least{strategy=\"decr\"} 3",
            "ticket_sim_run_latency_seconds{strategy=\"decr\",phase=\"total\",quantile=\"0.99\"}"
                + " 0.00009");
  }

  @Test
  void eachFamilyStandsTogetherAndTheFileEnds() {
    var text =
        Reports.text(
            ResultFile.METRICS,
            Reports.golden("valid"),
            Reports.golden("invalid"),
            Reports.hostile());
    var families = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        families.add(line.replaceFirst("# TYPE ([a-z_]+) .*", "$1"));
      } else if (!line.startsWith("# ")) {
        var sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).startsWith(families.getLast());
      }
    }
    assertThat(families).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(text).endsWith("\n# EOF\n");
  }
}
