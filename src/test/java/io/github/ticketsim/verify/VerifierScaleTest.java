package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.SampleSale;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Judgement.Result;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierScaleTest {
  private static final int ATTEMPTS = 1_000_000;
  private static final int STOCK = 600_000;

  @ParameterizedTest
  @EnumSource
  void tellsALegalSaleOfAMillionAttemptsFromOneWithASingleReceiptMissing(Model model) {
    var random = new Random(1);
    var sale = SampleSale.legal(model, STOCK, SampleSale.Shape.calm(ATTEMPTS), random);
    assertThat(Verifier.verify(sale.history(random)).result()).isEqualTo(Result.VALID);

    var missing = sale.without(random.nextInt(STOCK));
    assertThat(Verifier.verify(missing.history(random)).result()).isEqualTo(Result.INVALID);
  }
}
