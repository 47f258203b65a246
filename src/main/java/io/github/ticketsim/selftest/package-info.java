/**
 * The test of the judge and of the strategies that every user can run: made-up histories of which
 * is known beforehand what a verdict must say, and storms on strategies of which is known whether
 * they sell soundly. Both come in from outside, the judge as a function and each storm as a source
 * of histories, so that it can be shown that this test fails where it must. Without clock, Redis or
 * files; above {@code verify}, below {@code report} and {@code cli}.
 */
@NullMarked
package io.github.ticketsim.selftest;

import org.jspecify.annotations.NullMarked;
