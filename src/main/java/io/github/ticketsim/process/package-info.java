/**
 * This process and the terminal it runs in: how it ends, which signals it hears, whether a person
 * watches, and what is shown to that person meanwhile. Knows no command and nothing of storms.
 */
@NullMarked
package io.github.ticketsim.process;

import org.jspecify.annotations.NullMarked;
