package io.github.ticketsim.run;

import io.github.ticketsim.ledger.ShopAccount;
import io.github.ticketsim.sale.Exchange;

/**
 * One purchase, to see what comes of it.
 *
 * @param account what the shop said after it
 */
public record TriedPurchase(Exchange exchange, ShopAccount account) {}
