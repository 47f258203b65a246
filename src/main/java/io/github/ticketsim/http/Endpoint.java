package io.github.ticketsim.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/**
 * What answers at one path.
 *
 * @param path exactly
 * @param method the only one
 */
record Endpoint(String path, Method method, Action action) {

  /** Answers one request, of which everything has been read. */
  @FunctionalInterface
  interface Action {
    void answer(ServerRequest request, ServerResponse response)
        throws IOException, InterruptedException;
  }
}
