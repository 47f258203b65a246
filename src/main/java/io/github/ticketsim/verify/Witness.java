package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempt;
import java.util.List;

/**
 * The receipts: one, two or three attempts that prove a check broken by themselves.
 *
 * @param attempts in the order in which the check's detail speaks of them
 */
public record Witness(List<Attempt> attempts) {}
