/**
 * The command line: one small class per command, the options they share, and the way from an
 * exception to an exit code. The only package that parses arguments, exits, or chooses between
 * stdout and stderr.
 */
@NullMarked
package io.github.ticketsim.cli;

import org.jspecify.annotations.NullMarked;
