package shop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sells one ticket to a customer. All that it holds is safe for threads, and yet it is wrong: it
 * checks first and acts later, so that a second click is not refused while the first is paid for.
 */
public class TicketShop {
  public enum Answer {
    SOLD,
    SOLD_OUT,
    ALREADY_PURCHASED
  }

  private final AtomicLong left;
  private final Set<Long> customers = ConcurrentHashMap.newKeySet();

  public TicketShop(long tickets) {
    left = new AtomicLong(tickets);
  }

  public Answer buy(long customer) throws InterruptedException {
    if (customers.contains(customer)) {
      return Answer.ALREADY_PURCHASED;
    }
    if (left.getAndUpdate(tickets -> Math.max(0, tickets - 1)) == 0) {
      return Answer.SOLD_OUT;
    }
    pay();
    customers.add(customer);
    return Answer.SOLD;
  }

  public long left() {
    return left.get();
  }

  private static void pay() throws InterruptedException {
    Thread.sleep(1);
  }
}
