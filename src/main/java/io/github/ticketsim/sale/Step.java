package io.github.ticketsim.sale;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A request in a sale file.
 *
 * @param where it stands: file, line and key
 * @param method as the key says it, in upper case
 * @param url a path behind the target, or a whole URL
 * @param headers by name; empty if none are given
 * @param body if there is one
 * @param keep what of the reply is kept: names of values, each with a JSON pointer
 */
public record Step(
    String where,
    String method,
    String url,
    SequencedMap<String, String> headers,
    Optional<String> body,
    Map<String, String> keep) {}
