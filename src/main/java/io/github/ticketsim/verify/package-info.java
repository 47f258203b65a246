/**
 * Pure judgement of a {@link io.github.ticketsim.ledger.History}: no clock, no Redis, no logger.
 *
 * <p>A history is valid if and only if some order of its attempts that respects real time explains
 * every reply, that is, if it is linearizable with respect to its model (Herlihy and Wing,
 * "Linearizability: A Correctness Condition for Concurrent Objects", 1990). Because every reply of
 * a counter names its own place in that order, the question needs no search: four clauses, checked
 * in O(n log n), decide it.
 *
 * <p>Let S be the stock and {@code t = S - value} the <em>ticket number</em> of a reply. A reply
 * with ticket number t has <em>position</em> 2t; a refusal without a value has 2S + 1; the settled
 * read of the counter has 2(S - left) + 1, after every reply. The code orders by falling value
 * instead of rising t, which is the same order and cannot overflow.
 *
 * <ul>
 *   <li><b>C1 uniqueness</b>: no two replies share a ticket number; sold iff 1 &lt;= t &lt;= S; no
 *       t is below 1.
 *   <li><b>C2 holes</b>: every ticket number up to the highest one implied by any reply, refusal or
 *       settled read, that no reply holds, needs an indeterminate attempt of its own.
 *   <li><b>C3 real time</b>: for positions a &lt; b, b never returned before a was called.
 *   <li><b>C4 timing of holes</b>: the indeterminate attempt that fills a hole was called no later
 *       than the least return above the hole.
 * </ul>
 */
@NullMarked
package io.github.ticketsim.verify;

import org.jspecify.annotations.NullMarked;
