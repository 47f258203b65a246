/**
 * One storm by several processes, each of which makes a part of it. They meet in a Redis: there
 * they register, start at one moment, compare their clocks, report their end, and hand over their
 * histories.
 *
 * <p>All of a gathering is one hash, which only Lua scripts change. It goes by itself when no part
 * has been heard of for some seconds.
 */
@NullMarked
package io.github.ticketsim.parts;

import org.jspecify.annotations.NullMarked;
