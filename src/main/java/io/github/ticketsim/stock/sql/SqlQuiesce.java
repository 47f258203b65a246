package io.github.ticketsim.stock.sql;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Asks the shop once no transaction of the run can take effect any more.
 *
 * @param name of the connections of the run
 * @param unnamed why the server does not show them by name, so that nothing can settle; else empty
 * @param nanoClock monotonic
 */
record SqlQuiesce(SqlSale sale, String name, Optional<String> unnamed, LongSupplier nanoClock) {

  /** How many timeouts settling may take. */
  private static final int TIMEOUTS = 5;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * How it ended.
   *
   * @param said by the shop
   */
  record Settled(Settlement settlement, ShopAccount said) {
    static Settled not(String problem) {
      return new Settled(
          Settlement.unsettled(OptionalLong.empty(), problem), ShopAccount.unread(problem));
    }
  }

  /** Checks that the server shows the {@code open} connections of the run. */
  static SqlQuiesce prepare(SqlSale sale, String name, int open, LongSupplier nanoClock) {
    return new SqlQuiesce(sale, name, whyUnnamed(sale, name, open), nanoClock);
  }

  private static Optional<String> whyUnnamed(SqlSale sale, String name, int open) {
    if (sale.address().dialect() == SqlDialect.SQLITE) {
      return Optional.empty();
    }
    try (var control = SqlControl.connect(sale)) {
      var shown = control.connectionsNamed(name);
      if (shown.isEmpty()) {
        return Optional.of("this database does not show which connections are open");
      }
      return shown.getAsLong() >= open
          ? Optional.empty()
          : Optional.of("the server shows %d of %d connections".formatted(shown.getAsLong(), open));
    } catch (SQLException e) {
      return Optional.of(sale.address().problem(e).words());
    }
  }

  /**
   * Waits until no transaction can take effect any more, and asks. Bounded in time.
   *
   * @param unknown attempts whose COMMIT got no answer
   */
  Settled settle(long unknown) {
    var deadline = nanoClock.getAsLong() + sale.timeout().multipliedBy(TIMEOUTS).toNanos();
    var problem = "the database was not asked";
    do {
      try (var control = SqlControl.connect(sale)) {
        // A transaction may still be open, but without COMMIT none can take effect.
        if (unknown == 0) {
          return read(control, Optional.empty());
        }
        if (unnamed.isPresent()) {
          return read(control, unnamed);
        }
        var open = control.connectionsNamed(name).orElse(0);
        if (open == 0) {
          return read(control, Optional.empty());
        }
        problem = open + " connections of this run are still open at the server";
      } catch (StockUnavailableException e) {
        problem = String.valueOf(e.getMessage());
      } catch (SQLException e) {
        problem = sale.address().problem(e).words();
      }
      LockSupport.parkNanos(POLL_NANOS);
    } while (nanoClock.getAsLong() - deadline < 0);
    return Settled.not(problem);
  }

  /**
   * @param doubt why transactions may still take effect
   */
  private static Settled read(SqlControl control, Optional<String> doubt) {
    var said = control.account();
    return said.problem().isPresent()
        ? Settled.not(said.problem().get())
        : new Settled(
            new Settlement(
                said.left(),
                doubt.isEmpty(),
                doubt.or(
                    () ->
                        said.left().isPresent()
                            ? Optional.empty()
                            : Optional.of("nothing says what is left; add left to the sale file"))),
            doubt.isEmpty() ? said : new ShopAccount(said.leftByItem(), Optional.empty(), doubt));
  }
}
