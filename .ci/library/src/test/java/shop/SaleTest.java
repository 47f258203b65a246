package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ticketsim.Reply;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SaleTest {

  @Test
  void sellsNoTicketTwice() throws Exception {
    var left = new AtomicLong(1_000);

    var report =
        TicketStorm.of(1_000)
            .purchase(
                _ ->
                    left.getAndUpdate(tickets -> Math.max(0, tickets - 1)) > 0
                        ? Reply.sold()
                        : Reply.soldOut())
            .left(left::get)
            .run();

    assertEquals(Verdict.VALID, report.verdict(), report::toString);
  }

  @Test
  void aSaleThatLosesUpdatesIsCaught() throws Exception {
    var left = new AtomicLong(1_000);

    var report =
        TicketStorm.of(1_000)
            .purchase(
                _ -> {
                  var tickets = left.get();
                  Thread.yield();
                  left.set(tickets - 1);
                  return tickets > 0 ? Reply.sold() : Reply.soldOut();
                })
            .left(left::get)
            .run();

    assertEquals(Verdict.INVALID, report.verdict(), report::toString);
  }
}
