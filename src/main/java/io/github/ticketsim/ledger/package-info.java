/**
 * What happened: the concurrent, append-only {@link io.github.ticketsim.ledger.Ledger}, the
 * immutable {@link io.github.ticketsim.ledger.History} it becomes, and the file format in which a
 * history is kept. {@link io.github.ticketsim.ledger.Records} is the ledger of a service, which is
 * read while it is written. The only package that reads JSON.
 */
@NullMarked
package io.github.ticketsim.ledger;

import org.jspecify.annotations.NullMarked;
