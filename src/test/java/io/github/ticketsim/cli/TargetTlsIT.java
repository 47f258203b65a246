package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A storm on a service behind TLS, whose certificate is its own. */
@Timeout(120)
class TargetTlsIT {
  @TempDir private Path folder;

  /** Sells 10 tickets. */
  private static HttpsServer server(Path keys) throws Exception {
    var store = KeyStore.getInstance(keys.toFile(), TlsGate.PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, TlsGate.PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var counter = new AtomicInteger(10);
    server.createContext(
        "/",
        exchange -> {
          var text =
              exchange.getRequestMethod().equals("GET")
                  ? "{\"left\":%d}".formatted(counter.get())
                  : "{\"n\":%d,\"result\":%b}".formatted(counter.get(), take(counter));
          var bytes = text.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static boolean take(AtomicInteger counter) {
    return counter.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Test
  void trustsWhatJavaIsToldToTrustAndNothingElse() throws Exception {
    var keys = TlsGate.keys(folder, "shop");
    var server = server(keys);
    try {
      var url = "https://127.0.0.1:" + server.getAddress().getPort();
      String[] storm = {
        "storm",
        "--target=" + url + "/buy",
        "--stock-url=" + url,
        "--threads=50",
        "--timeout=20s",
        "--out=" + folder
      };
      CommandRun.of(storm).assertRefusedWith(ExitCode.UNAVAILABLE, url, "TLS failed", "https://");
      var command = TicketSimProcess.command(folder, storm);
      command.add(1, "-Djavax.net.ssl.trustStore=" + keys);
      command.add(2, "-Djavax.net.ssl.trustStorePassword=" + TlsGate.PASSWORD);
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
      assertThat(process.waitFor())
          .as(Files.readString(folder.resolve("out")))
          .isEqualTo(ExitCode.VALID.status());
    } finally {
      server.stop(0);
    }
  }
}
