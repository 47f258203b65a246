package io.github.ticketsim;

/**
 * One purchase, as the shop's method gets it.
 *
 * @param buyer the virtual thread that buys, from 0
 * @param customer on whose behalf it buys, from 0; each buyer is a customer of its own
 * @param key names this purchase and no other, for a shop that wants an idempotency key
 */
public record Purchase(int buyer, long customer, String key) {}
