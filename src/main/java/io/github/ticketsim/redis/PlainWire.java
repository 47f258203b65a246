package io.github.ticketsim.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/** Copies bytes unchanged, until {@link #stall} makes it drop those from the server. */
public final class PlainWire implements WireProxy.Wire {
  private static final int BUFFER_BYTES = 1 << 16;

  private volatile boolean stalled;

  /** Drops everything that the server sends from now on. */
  void stall() {
    stalled = true;
  }

  @Override
  public void carry(Socket client, Socket server, ExecutorService threads) throws IOException {
    threads.execute(() -> carryBack(client, server));
    var in = server.getInputStream();
    var out = client.getOutputStream();
    var buffer = new byte[BUFFER_BYTES];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!stalled) {
        out.write(buffer, 0, read);
      }
    }
  }

  private static void carryBack(Socket client, Socket server) {
    try (server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException _) {
      // Closing the server socket ends the other direction too.
    }
  }
}
