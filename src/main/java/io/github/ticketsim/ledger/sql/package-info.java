/**
 * Records in a database that survive the process: SQLite or PostgreSQL. The only package that knows
 * the migration tool that makes the tables, and beside {@code stock.sql} the only one that knows
 * drivers.
 *
 * <p>A <em>run</em> is a sale or a storm. A service that is started again on the same records
 * continues its run in a new <em>incarnation</em>. The clock of an incarnation begins after the
 * greatest time that earlier ones recorded, so its attempts come after theirs.
 *
 * <p>A service that is killed may have taken tickets that it had not recorded yet. No buyer has
 * been told of them, but they are gone, and without them a sound history would be {@code INVALID}.
 * These invariants bound them:
 *
 * <ol>
 *   <li>An incarnation first writes how many permits it has for attempts that are unrecorded.
 *   <li>A purchase holds a permit from before it takes a ticket until its attempt is written, even
 *       if its writer has given up. A purchase that is never recorded keeps its permit.
 *   <li>If a purchase has a key, its intent is written before it takes a ticket. The transaction
 *       that writes the attempt deletes the intent.
 *   <li>For each incarnation that did not end orderly, as many indeterminate attempts as it had
 *       permits stand in a verdict. They are dated at its beginning, as the earliest time explains
 *       the most; the first of them have the ids of its open intents.
 *   <li>The time to answer a query depends on the length of the answer alone, whatever the planner
 *       believes of the tables. Therefore no query joins, and each is served by one index.
 * </ol>
 */
@NullMarked
package io.github.ticketsim.ledger.sql;

import org.jspecify.annotations.NullMarked;
