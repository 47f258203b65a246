package io.github.ticketsim.stock.redis;

import java.util.Optional;

/**
 * What beside the URI says how to be let in.
 *
 * @param tls to be spoken even if the URI does not say so
 * @param password wins over that of the URI
 * @param usualPassword for a URI that has none
 */
public record RedisLogin(
    Optional<Tls> tls, Optional<String> password, Optional<String> usualPassword) {
  /** Nothing beside the URI. */
  public static final RedisLogin NONE =
      new RedisLogin(Optional.empty(), Optional.empty(), Optional.empty());

  /** The password with which to log in. */
  Optional<String> password(RedisUri uri) {
    var chosen = password.or(uri::password).or(() -> usualPassword);
    if (uri.user().isPresent() && chosen.isEmpty()) {
      throw new IllegalArgumentException("names a user without a password");
    }
    return chosen;
  }

  /** How to speak TLS; empty for plain connections. */
  Optional<Tls> tls(RedisUri uri) {
    return tls.or(() -> uri.tls() ? Optional.of(Tls.JAVA) : Optional.empty());
  }
}
