/**
 * Turns a history into a {@link io.github.ticketsim.report.RunReport}, renders it in one of several
 * formats, and keeps it in a folder. The only package that maps values to JSON.
 */
@NullMarked
package io.github.ticketsim.report;

import org.jspecify.annotations.NullMarked;
