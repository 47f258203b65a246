package io.github.ticketsim.service;

import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.ObservableStock;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves customers of its own, who get no ticket, until Java has compiled most of what a purchase
 * runs through. Without it the first customers would wait several times as long as those after
 * them.
 *
 * @param config of the service that will sell
 * @param starter listens where only this machine can connect
 */
record ServiceWarmUp(ServiceConfig config, ClientLimits limits, Listener.Starter starter) {
  private static final int CUSTOMERS = 32;
  private static final int ROOM = 2_000_000;
  private static final long WINDOW_MILLIS = 100;
  private static final int MOST_WINDOWS = 40;

  /** It is over if the compilers have worked for no more than a share of these last windows. */
  private static final int LAST_WINDOWS = 5;

  private static final double QUIET_SHARE = 0.4;

  private static final int SOCKET_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  private static final byte[] REQUEST =
      "POST /buy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** Warms up over {@code stock}. */
  void of(JitWarmable stock) throws InterruptedException {
    for (var part : stock.jitWarmUps()) {
      if (part instanceof ObservableStock harmless) {
        serve(harmless);
      }
    }
  }

  private void serve(ObservableStock stock) throws InterruptedException {
    try (var records = new MemoryRecords(ROOM)) {
      var service =
          new TicketService(
              new ServiceConfig(
                  config.run(),
                  stock,
                  config.turns(),
                  records,
                  config.saved(),
                  config.nanos(),
                  config.wall(),
                  config.ids()),
              limits);
      try (var listener = starter.start(service)) {
        buy(URI.create(listener.url()));
      }
    } catch (AddressUnavailableException _) {
      // Not every machine lets it listen there; the service begins cold.
    }
  }

  private void buy(URI url) throws InterruptedException {
    var end = new CountDownLatch(1);
    var customers = Math.min(CUSTOMERS, Math.min(limits.connections(), limits.inFlight()));
    var gone = new CountDownLatch(customers);
    for (var i = 0; i < customers; i++) {
      Thread.ofVirtual()
          .name("warm-up-", i)
          .start(
              () -> {
                buy(url, end);
                gone.countDown();
              });
    }
    awaitCompiled(gone);
    end.countDown();
    gone.await();
  }

  /** Returns when Java has little left to compile, or all customers are gone. */
  private static void awaitCompiled(CountDownLatch gone) throws InterruptedException {
    var compilers = ManagementFactory.getCompilationMXBean();
    var totals = new ArrayDeque<Long>(List.of(compilers.getTotalCompilationTime()));
    for (var window = 0; window < MOST_WINDOWS; window++) {
      if (gone.await(WINDOW_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      totals.add(compilers.getTotalCompilationTime());
      if (totals.size() > LAST_WINDOWS) {
        var worked = totals.getLast() - totals.remove();
        if (worked <= QUIET_SHARE * LAST_WINDOWS * WINDOW_MILLIS) {
          return;
        }
      }
    }
  }

  private static void buy(URI url, CountDownLatch end) {
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SOCKET_MILLIS);
      var buffer = new byte[1 << 12];
      while (end.getCount() > 0) {
        socket.getOutputStream().write(REQUEST);
        if (!answered(socket.getInputStream(), buffer)) {
          return;
        }
      }
    } catch (IOException _) {
      // This customer goes; the sale will show what is wrong.
    }
  }

  /** Reads one answer: each is a JSON object. */
  private static boolean answered(InputStream in, byte[] buffer) throws IOException {
    while (true) {
      var length = in.read(buffer);
      if (length <= 0) {
        return false;
      }
      if (buffer[length - 1] == '}') {
        return true;
      }
    }
  }
}
