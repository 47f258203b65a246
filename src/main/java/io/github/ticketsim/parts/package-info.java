/**
 * How the processes that each make a part of one storm meet in a Redis: who has come, when all
 * start, who has ended, what the clock of each shows, and how their histories come together.
 *
 * <p>All of a gathering is one hash, which only Lua scripts change. It goes by itself when no part
 * has been heard of for some seconds.
 */
@NullMarked
package io.github.ticketsim.parts;

import org.jspecify.annotations.NullMarked;
