/**
 * A stock in a database, sold over JDBC: each purchase is one transaction. The only package beside
 * {@code ledger.sql} that knows drivers.
 *
 * <p>What decides between failed and indeterminate is whether {@code COMMIT} was sent. A
 * transaction is never committed without it, so an error or a broken connection before it proves
 * that nothing was executed. From then on only what the database says can prove that; see {@link
 * io.github.ticketsim.stock.sql.SqlProblem}.
 */
@NullMarked
package io.github.ticketsim.stock.sql;

import org.jspecify.annotations.NullMarked;
