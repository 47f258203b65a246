package io.github.ticketsim.stock;

import java.util.List;

/** A stock whose code the JIT compiler can warm up before the sale, without selling anything. */
public interface JitWarmable extends Stock {

  /**
   * Stocks with the connections of this one and its classes, so that the JIT profiles carry over,
   * but with a harmless command. Use them one after the other, before the first {@link #acquire} on
   * this stock, which also closes them.
   *
   * @return one that sells to everybody, and one that is sold out
   */
  List<Stock> jitWarmUps();
}
