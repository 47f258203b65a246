package io.github.ticketsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.metrics.LimitResult;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "throughput<10k/s; 9875.4; 9,875 a second, 125 a second too little",
        "throughput<10k/s; 9999.7; 9,999.7 a second, 0.3 a second too little",
        "throughput<10k/s; 9999.996; 9,999.996 a second, 0.004 a second too little",
        "throughput<10k/s; 10000; 10,000 a second",
        "failed>0.5%; 1.75; 1.75 %, 1.25 % too much",
        "failed>0.5%; 0.503; 0.503 %, 0.003 % too much",
        "failed>0.5%; 0.5; 0.50 %",
        "p99>50ms; 50020000; 50.0 ms, 20.0 us too much",
        "max>1.5ns; 2; 2 ns, 1 ns too much",
      })
  void theExcessNeverReadsAsNothing(String limit, double measured, String text) {
    assertThat(LimitText.of(new LimitResult(Limit.parse(limit), OptionalDouble.of(measured))))
        .isEqualTo(text);
  }
}
