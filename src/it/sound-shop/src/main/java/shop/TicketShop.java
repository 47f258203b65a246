package shop;

import java.util.concurrent.atomic.AtomicLong;

/** Takes a ticket in the same step in which it looks for one. */
public class TicketShop {
  private final AtomicLong left;

  public TicketShop(long tickets) {
    left = new AtomicLong(tickets);
  }

  public boolean buy() {
    return left.getAndUpdate(tickets -> Math.max(0, tickets - 1)) > 0;
  }

  public long left() {
    return left.get();
  }
}
