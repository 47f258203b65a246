package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.ReplyRules;
import java.time.Duration;

/**
 * Where the result of an accepted purchase is asked for.
 *
 * @param every how long to wait between two questions
 * @param within how long to ask; then the attempt is indeterminate
 * @param rules that say what a reply means; what none speaks of is not decided yet
 */
public record HttpResult(HttpTarget request, Duration every, Duration within, ReplyRules rules) {}
