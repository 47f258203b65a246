package shop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** Sells 100 tickets, one to a customer. */
@Service
public class TicketService {
  enum Answer {
    SOLD,
    SOLD_OUT,
    ALREADY_PURCHASED
  }

  private final Set<Long> customers = ConcurrentHashMap.newKeySet();
  private long left = 100;

  synchronized Answer buy(long customer) {
    if (customers.contains(customer)) {
      return Answer.ALREADY_PURCHASED;
    }
    if (left == 0) {
      return Answer.SOLD_OUT;
    }
    left--;
    customers.add(customer);
    return Answer.SOLD;
  }

  synchronized long left() {
    return left;
  }
}
