package io.github.ticketsim.sale;

import io.github.ticketsim.stock.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A purchase that was sent to see what comes of it.
 *
 * @param request as it was sent, without secrets
 * @param reply its first characters, without secrets
 * @param said what each rule says of the reply
 * @param accepted whether the reply leaves the result open
 * @param question that was asked for the result, as it was sent; empty if none was
 * @param outcome what the attempt would count as
 * @param order that the replies name, if they do
 */
public record Exchange(
    String request,
    String reply,
    List<ReplyRules.Said> said,
    boolean accepted,
    Optional<String> question,
    Outcome outcome,
    Optional<String> order) {}
