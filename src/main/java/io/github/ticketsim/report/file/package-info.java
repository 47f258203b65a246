/**
 * Writes results into files that people open and CI systems read: a page of HTML, JUnit XML, a
 * summary in Markdown, metrics. Whatever a run has recorded is escaped here, in one place a format.
 */
@NullMarked
package io.github.ticketsim.report.file;

import org.jspecify.annotations.NullMarked;
