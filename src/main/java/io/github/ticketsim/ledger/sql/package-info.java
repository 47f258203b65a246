/**
 * Records in a database that survive the process: SQLite or PostgreSQL. The only package that knows
 * SQL, drivers, and the migration tool that makes the tables.
 *
 * <p>A <em>run</em> is a sale or a storm, and a service that is started again on the same records
 * carries its run on in a new <em>life</em>. The clock of a life begins behind the greatest time
 * that the lives before it recorded, so that its attempts come after theirs.
 *
 * <p>A service that is killed may have taken tickets that it had not recorded yet. Nobody has been
 * told of them, but they are gone, and a history that did not know of them would be found {@code
 * INVALID} for no fault of the sale. Therefore each life first writes down how many attempts may at
 * most be between the taking of a ticket and its recording at any moment, and the service keeps to
 * that number. A life that did not end orderly left at most so many behind; that many attempts of
 * unknown fate stand for them in a verdict. Each was called at some time from the beginning of its
 * life on, and that is when they are dated, as the earliest time explains the most.
 *
 * <p>Where one of them had a key of its buyer's, its intent was written before it took a ticket, so
 * that the key is known to later lives. The first of the attempts that stand for what is unknown
 * then have the ids of these intents.
 *
 * <p>A query must not get slower than its answer is long, whatever the planner of a database
 * believes of the tables: it may know nothing of a run that has just begun. Therefore no query
 * joins; one index alone can serve each of them; and the intents that are open are the rows of a
 * table, which the transaction deletes them from that writes what became of them.
 *
 * <p>The number is kept like this. Whoever is about to take a ticket first gets one of the places,
 * then asks {@link io.github.ticketsim.ledger.Records#obstacleToTaking}, and gives the place back
 * after {@link io.github.ticketsim.ledger.Records#append}. An attempt whose append gave up is still
 * to be written, and has no place any more; but before it gave up there was an obstacle, which
 * stays until it is written, so that nobody who got a place after it takes a ticket. The attempts
 * that are unrecorded after that had all had their places at one and the same moment: the one
 * before.
 */
@NullMarked
package io.github.ticketsim.ledger.sql;

import org.jspecify.annotations.NullMarked;
