package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

  @Test
  void aBrokenRunIsOneErrorWithEveryReason() {
    assertThat(Annotations.of(Reports.golden("invalid")))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("::error title=ticket-sim decr::INVALID: sold 3 of 2 tickets")
        .contains("%0Aoversell: 3 sales were confirmed", "%0Aduplicate ticket: ticket 1");
  }

  @Test
  void theWarningsOfARunAreOne() {
    assertThat(Annotations.of(Reports.golden("faults")))
        .singleElement()
        .asString()
        .startsWith("::warning title=ticket-sim decr::the fate of some attempts is unknown")
        .contains("%0Athe storm lasted");
  }

  @Test
  void aMissedLimitAndAnUnknownRunAreErrorsToo() {
    assertThat(Annotations.of(Reports.golden("valid", "p99>1ns")).getFirst())
        .startsWith("::error")
        .contains("VALID", "%0Amissed the limit p99>1ns");
    assertThat(Annotations.of(Reports.golden("unknown")).getFirst())
        .startsWith("::error")
        .contains("UNKNOWN", "%0Abecause too many attempts failed");
  }

  @Test
  void textIsNoCommandOfItsOwn() {
    assertThat(Annotations.of(Reports.hostile()))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.lines()).hasSize(1))
        .allSatisfy(line -> assertThat(line).contains("%25"));
    assertThat(List.of(Annotations.of(Reports.hostile()).getFirst().split("::", 3)))
        .satisfies(parts -> assertThat(parts.get(1)).doesNotContain(",").contains("%3A%3Aerror"));
  }
}
