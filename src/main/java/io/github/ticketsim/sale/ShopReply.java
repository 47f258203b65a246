package io.github.ticketsim.sale;

import java.util.Map;
import java.util.Optional;

/** A reply that arrived as a whole, as far as rules look into it. */
public interface ShopReply {

  /** The status of HTTP. */
  int status();

  /** Its content type without parameters, in lower case; empty if it has none. */
  String type();

  /** What the body holds, by JSON pointer; nothing if it is not one JSON document. */
  Map<String, String> values();

  /** Why the body is not one JSON document. */
  Optional<String> problem();

  /** The first characters of the body, in one line. */
  String start();

  /** The words of the error that a Redis replied. */
  default Optional<String> error() {
    return Optional.empty();
  }

  /** Whether the server says that there were too many requests for this one to be looked at. */
  default boolean turnedAway() {
    return status() == 429;
  }

  /** Whether the server says that it failed, which leaves open what it did before. */
  default boolean serverFailed() {
    return status() >= 500;
  }

  /** Why {@link #values} has nothing, as the end of a sentence; empty if that is clear. */
  default String excuse() {
    return problem().map(words -> " (" + words + ")").orElse("");
  }
}
