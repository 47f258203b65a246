package io.github.ticketsim.ledger;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the shop itself believes to have sold, as it said after the storm.
 *
 * @param id the shop's own, unique among its orders
 * @param customer the customer that the order belongs to; empty if the shop does not say
 * @param item of which; empty if the shop does not say
 * @param quantity how many tickets; empty if the shop does not say
 */
public record Order(
    String id, Optional<String> customer, Optional<String> item, OptionalInt quantity) {}
