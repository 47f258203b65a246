package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.verify.Check.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

  @Test
  void putsIntoWordsOnlyTheFirstFailureOfACheck() {
    var findings = new Findings(Attempts.of(List.of()));
    findings.fail(Name.OVERSELL, () -> "the first");
    findings.fail(
        Name.OVERSELL,
        () -> {
          throw new AssertionError("nobody reads this");
        });
    assertThat(findings.check(Name.OVERSELL).detail()).isEqualTo("the first");
  }
}
