package io.github.ticketsim;

/**
 * One purchase, as the shop's method gets it.
 *
 * @param buyer the virtual thread that buys, from 0
 * @param customer on whose behalf it buys, from 0; each buyer is a customer of its own, unless
 *     {@link TicketStorm#customers} says otherwise
 * @param attempt which one of this buyer, from 0
 * @param item the name of what is asked for; {@code "1"} if there is one item
 * @param quantity how many tickets, from 1; the shop sells all of them or none
 * @param key a UUID that names this purchase and no other, for a shop that wants an idempotency
 *     key; the same if the purchase is sent again
 */
public record Purchase(
    int buyer, long customer, long attempt, String item, int quantity, String key) {}
