package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.Case;
import io.github.ticketsim.selftest.HistoryClass;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sales that are legal, that prove too little, or that are broken in one way: the verifier says of
 * each what the self-test, which knows how it was made, expects. Other ones than a user's self-test
 * happens to make.
 */
class MutationTest {
  private static final int SEEDS = 3;

  static Stream<HistoryClass> kinds() {
    return HistoryClass.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isJudgedAsItWasMade(HistoryClass kind) {
    for (var model : kind.models()) {
      for (var seed = 0; seed < SEEDS; seed++) {
        for (Case each : kind.cases(model, seed)) {
          assertThat(kind.maker().apply(each).fault(Verifier::verify)).as("%s", each).isEmpty();
        }
      }
    }
  }
}
