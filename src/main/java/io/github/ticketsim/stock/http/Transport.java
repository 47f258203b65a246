package io.github.ticketsim.stock.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What carries the bytes of a connection. */
interface Transport extends Closeable {

  /** What the server sends. A read waits until there is something. */
  InputStream in();

  /** What is sent to the server. A write waits until all of it is on its way. */
  OutputStream out();

  /**
   * Waits until there is something to read, if that can be known ahead of the read. A thread that
   * waits here, and not below a parser, has less of a stack to put away and to fetch again.
   */
  default void awaitIn() {}

  /** Whether the server has neither hung up nor sent anything unread. Does not wait for either. */
  boolean silent() throws IOException;

  /** Closes both directions at once. May be called by any thread, again and again. */
  @Override
  void close() throws IOException;
}
