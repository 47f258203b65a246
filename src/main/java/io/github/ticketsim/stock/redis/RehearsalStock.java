package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The line before a stock and the ways to it, for a command that takes nothing.
 *
 * @param stock that is not sold from
 * @param turns waits in its line for a turn to send that command
 */
record RehearsalStock(Stock stock, Function<BooleanSupplier, Optional<Stock.Turn>> turns)
    implements Stock {

  @Override
  public String strategy() {
    return stock.strategy();
  }

  @Override
  public Model model() {
    return stock.model();
  }

  @Override
  public Optional<Runnable> closeDoors() {
    return stock.closeDoors();
  }

  @Override
  public Optional<Turn> awaitTurn(BooleanSupplier open) {
    return turns.apply(open);
  }

  @Override
  public Settlement settle() {
    return Settlement.unsettled(OptionalLong.empty(), "a rehearsal");
  }

  @Override
  public void close() {
    // The stock goes on.
  }
}
