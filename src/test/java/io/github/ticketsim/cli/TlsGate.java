package io.github.ticketsim.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS in front of a real Redis, whose bundled server has none. It admits clients it can tell. */
final class TlsGate implements AutoCloseable {
  static final String PASSWORD = "changeit";

  private final SSLServerSocket listener;
  private final int target;

  private TlsGate(SSLServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Opens a gate to {@code target}.
   *
   * @param keys of the server, which are also all that it trusts
   * @param protocol the only one it speaks
   */
  static TlsGate to(int target, Path keys, String protocol) throws Exception {
    var password = PASSWORD.toCharArray();
    var store = KeyStore.getInstance(keys.toFile(), password);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, password);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    var listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    listener.setEnabledProtocols(new String[] {protocol});
    return new TlsGate(listener, target);
  }

  /** A store with one key, made by Java's own tool. */
  static Path keys(Path folder, String name) throws Exception {
    var store = folder.resolve(name + ".p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool failed, see " + folder.resolve("keytool"));
    }
    return store;
  }

  String uri() {
    return "rediss://127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var redis = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread.ofVirtual().start(() -> pass(redis, client));
      client.getInputStream().transferTo(redis.getOutputStream());
    } catch (IOException _) {
      // One of them hung up, or the client was not let in.
    }
  }

  private static void pass(Socket redis, Socket client) {
    try (client) {
      redis.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // One of them hung up.
    }
  }

  @Override
  public void close() throws IOException {
    ((ServerSocket) listener).close();
  }
}
