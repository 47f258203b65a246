package io.github.ticketsim.service;

import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import java.util.Optional;

/**
 * How a service ended.
 *
 * @param history what happened; if it cannot be read, as many indeterminate attempts
 * @param ending how the sale stood, even if its history cannot be read
 * @param unread why the records cannot be read
 */
public record ServiceEnd(History history, Ending ending, Optional<String> unread) {

  static ServiceEnd of(History history) {
    return new ServiceEnd(history, history.ending(), Optional.empty());
  }
}
