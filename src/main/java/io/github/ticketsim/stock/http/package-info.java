/**
 * A stock behind any HTTP endpoint. The connections are ours, so that it is known of each attempt
 * whether anything of it can have left, and no request is ever sent twice; reading what HTTP/1.1
 * answers is left to Apache HttpCore, which lives here alone.
 */
@NullMarked
package io.github.ticketsim.stock.http;

import org.jspecify.annotations.NullMarked;
