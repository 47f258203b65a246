/**
 * What happened: the concurrent, append-only {@link io.github.ticketsim.ledger.Ledger}, the
 * immutable {@link io.github.ticketsim.ledger.History} it becomes, and the file format in which a
 * history is kept. The only package that reads and writes JSON tokens.
 */
@NullMarked
package io.github.ticketsim.ledger;

import org.jspecify.annotations.NullMarked;
