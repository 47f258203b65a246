package io.github.ticketsim.cli;

import io.github.ticketsim.redis.WireProxy;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** A network that can be cut: no side then hears any more of the other, its end included. */
final class Partition implements WireProxy.Wire {
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean cut;

  void cut() {
    cut = true;
  }

  @Override
  public void carry(Socket client, Socket server, ExecutorService threads)
      throws IOException, InterruptedException {
    threads.execute(() -> carryBack(client, server));
    pump(server, client);
  }

  private void carryBack(Socket client, Socket server) {
    try {
      pump(client, server);
      server.close();
    } catch (IOException _) {
      // The other direction ends of itself.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) throws IOException, InterruptedException {
    var buffer = new byte[1 << 16];
    var in = from.getInputStream();
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!cut) {
        to.getOutputStream().write(buffer, 0, read);
      }
    }
    if (cut) {
      never.await();
    }
  }
}
