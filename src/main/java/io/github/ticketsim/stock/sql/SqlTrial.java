package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.Exchange;
import io.github.ticketsim.sale.OneLine;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.deadline.Watchdog;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One purchase of a {@code sale} that is set up, to see what comes of it.
 *
 * @param nanoClock monotonic, to bound it
 */
public record SqlTrial(SqlSale sale, LongSupplier nanoClock) {
  private static final String NAME = "ticket-sim-try";
  private static final int MOST_SHOWN_CHARACTERS = 40;

  /**
   * Buys.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if the database cannot be reached
   */
  public Exchange send(PurchaseRequest purchase) {
    try (var watchdog = new Watchdog(nanoClock)) {
      var connection = SqlConnection.open(sale, NAME, watchdog);
      try {
        var transaction = new SqlTransaction(sale, connection, purchase);
        var outcome = transaction.buy();
        return new Exchange(
            sale.hidden(request(transaction.done())),
            reply(transaction.done()),
            List.of(),
            /* accepted= */ false,
            Optional.empty(),
            outcome,
            outcome instanceof Outcome.Sold
                ? sale.order(purchase, transaction.kept())
                : Optional.empty());
      } finally {
        connection.close();
      }
    } catch (SQLException e) {
      throw sale.address().unavailable(e);
    }
  }

  /** All steps, with what was bound in those that were carried out. */
  private String request(List<SqlTransaction.Done> done) {
    var text = new StringBuilder();
    for (var number = 0; number < sale.steps().size(); number++) {
      text.append("%d. %s%n".formatted(number + 1, sale.steps().get(number).statement().text()));
      if (number < done.size() && !done.get(number).values().isEmpty()) {
        text.append("   with %s%n".formatted(words(done.get(number).values())));
      }
    }
    return text.toString();
  }

  private static String words(List<@Nullable Object> values) {
    return values.stream()
        .map(value -> OneLine.clip(String.valueOf(value), MOST_SHOWN_CHARACTERS))
        .collect(Collectors.joining(", "));
  }

  private static String reply(List<SqlTransaction.Done> done) {
    return done.stream()
        .map(step -> "%d. rows: %,d".formatted(step.step() + 1, step.rows()))
        .collect(Collectors.joining("\n"));
  }
}
