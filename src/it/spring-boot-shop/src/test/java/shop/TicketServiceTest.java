package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Reply;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class TicketServiceTest {
  @Autowired private TicketService shop;

  @Test
  void aCustomerGetsOneTicket() throws InterruptedException {
    var report =
        TicketStorm.of(100)
            .buyers(500)
            .purchases(2)
            .limitPerCustomer(1)
            .purchase(
                purchase ->
                    switch (shop.buy(purchase.customer())) {
                      case SOLD -> Reply.sold();
                      case SOLD_OUT -> Reply.soldOut();
                      case ALREADY_PURCHASED -> Reply.limited();
                    })
            .left(shop::left)
            .run();

    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
  }
}
