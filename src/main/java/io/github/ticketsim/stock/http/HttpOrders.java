package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.OrderFields;

/**
 * Where a shop says what it sold.
 *
 * @param fields where its reply carries what
 */
public record HttpOrders(HttpTarget request, OrderFields fields) {}
