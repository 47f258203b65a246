package io.github.ticketsim.ledger;

import java.util.Optional;

/**
 * Holds histories for somebody else to fetch, each as pieces under a name. For one thread. What
 * goes wrong is the exception of the store.
 */
public interface PieceStore extends AutoCloseable {

  /** Adds {@code piece} to those under {@code name}, of which there are {@code number}. */
  void append(String name, long number, byte[] piece);

  /** Piece {@code number}, from 0 up, under {@code name}; empty if there is none. */
  Optional<byte[]> piece(String name, long number);

  /** Gives all pieces under {@code from} the name {@code to}. */
  void rename(String from, String to);

  /** Removes all pieces under {@code name}. */
  void delete(String name);

  @Override
  void close();
}
