package io.github.ticketsim.stock.redis;

/** Where a Redis is, however it is deployed, and how to log in. */
public sealed interface RedisAddress permits RedisEndpoint {

  /**
   * Reads a URI of any kind.
   *
   * @param login what beside the URI says how to log in
   * @throws IllegalArgumentException when {@code text} is none; the message says what is wrong and
   *     what is right, without repeating a password
   */
  static RedisAddress parse(String text, RedisLogin login) {
    var uri = RedisUri.parse(text);
    return RedisEndpoint.of(uri, login);
  }

  /** The address for messages: without user and password. */
  String label();
}
