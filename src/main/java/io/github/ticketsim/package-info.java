/**
 * ticket-sim storms a sale of limited stock with thousands of buyers and proves from the recorded
 * history whether the sale was sound. This package is the library that a test of a user calls:
 * {@link io.github.ticketsim.TicketStorm} on a method of the user's own, or on what a sale file
 * describes. Nothing of the other packages can be reached from its public types. The command line
 * storms, judges and saves by the same {@code SavedStorm}.
 *
 * <p>The other packages, from the top; each uses only packages below it:
 *
 * <ul>
 *   <li>{@code cli}: commands, options and exit codes; parses, runs, renders, exits
 *   <li>{@code process}: how this process ends, which signals it hears, and its terminal
 *   <li>{@code http}: the ticket service over HTTP
 *   <li>{@code service}: the sale of the ticket service: begins or resumes it, sells, records,
 *       judges while it sells
 *   <li>{@code report.file}: writes results into files, for people and for CI systems
 *   <li>{@code report}: renders results, a class a format, and keeps runs in folders
 *   <li>{@code run}: from a description of a storm to its result
 *   <li>{@code parts}: how the processes that each make a part of one storm meet, and what their
 *       clocks show
 *   <li>{@code selftest}: histories and storms of which is known what a verdict must say
 *   <li>{@code fault}: what is made to go wrong, on the wire and on a private Redis
 *   <li>{@code redis}: a Redis as a process: the bundled server, and a private deployment
 *   <li>{@code storm}: the load generator
 *   <li>{@code stock.redis}, {@code stock.http}, {@code stock.sql}, {@code stock.method}: what is
 *       sold, a transport each; what failed and what is indeterminate is decided there
 *   <li>{@code stock.deadline}: deadlines of connections, for the transports
 *   <li>{@code sale}: the sale file, what differs from purchase to purchase, and what replies mean
 *   <li>{@code verify}, {@code metrics}: the judgement of a history, and its figures
 *   <li>{@code ledger}, {@code ledger.sql}: what happened; the same in a database
 *   <li>{@code stock}: what a stock is, and how an attempt can end
 * </ul>
 *
 * <p>Glossary:
 *
 * <ul>
 *   <li><em>attempt</em>: one try of a buyer to buy, from its <em>call</em> to its <em>return</em>
 *   <li><em>outcome</em>: sold, sold out, failed (proven not executed) or indeterminate (fate
 *       unknown)
 *   <li><em>history</em>: all attempts of a run; the <em>ledger</em> is where they are recorded
 *   <li><em>model</em>: what the replies of a stock promise
 *   <li><em>verdict</em>: valid, invalid or unknown; a <em>witness</em> is the few attempts that
 *       prove a check broken
 *   <li><em>settled</em>: no attempt can still take effect
 *   <li><em>closed load</em>: the next attempt after the reply; <em>open load</em>: paced by a
 *       schedule
 *   <li><em>pool wait</em>: until a connection is had; <em>round trip</em>: from send to reply;
 *       <em>response time</em>: from the intended start
 * </ul>
 */
@NullMarked
package io.github.ticketsim;

import org.jspecify.annotations.NullMarked;
