/**
 * The programs behind {@code scripts/endure}: clients, servers and databases that do not behave.
 */
@NullMarked
package io.github.ticketsim.endure;

import org.jspecify.annotations.NullMarked;
