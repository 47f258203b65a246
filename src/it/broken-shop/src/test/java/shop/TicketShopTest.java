package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ticketsim.Reply;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import org.junit.jupiter.api.Test;

class TicketShopTest {

  @Test
  void aCustomerGetsOneTicket() throws InterruptedException {
    TicketShop shop = new TicketShop(100);

    var report =
        TicketStorm.of(100)
            .buyers(1_000)
            .customers(500)
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

    assertEquals(Verdict.VALID, report.verdict());
  }
}
