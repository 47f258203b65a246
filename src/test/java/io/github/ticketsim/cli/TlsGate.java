package io.github.ticketsim.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS in front of a real Redis, whose bundled server has none. It admits clients it can tell. */
final class TlsGate implements AutoCloseable {
  static final String PASSWORD = "changeit";

  /** With which every TLS connection begins, and no command of Redis. */
  private static final int HANDSHAKE = 22;

  private final ServerSocket listener;
  private final int target;
  private final Optional<SSLSocketFactory> sniffing;

  private TlsGate(ServerSocket listener, int target, Optional<SSLSocketFactory> sniffing) {
    this.listener = listener;
    this.target = target;
    this.sniffing = sniffing;
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Opens a gate to {@code target}.
   *
   * @param keys of the server, which are also all that it trusts
   * @param protocol the only one it speaks
   */
  static TlsGate to(int target, Path keys, String protocol) throws Exception {
    var listener =
        (SSLServerSocket)
            context(keys)
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    listener.setEnabledProtocols(new String[] {protocol});
    return new TlsGate(listener, target, Optional.empty());
  }

  /** The same for a server that others ask without TLS, as Sentinels and replicas here do. */
  static TlsGate besidePlain(int target, Path keys) throws Exception {
    var listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    return new TlsGate(listener, target, Optional.of(context(keys).getSocketFactory()));
  }

  private static SSLContext context(Path keys) throws Exception {
    var password = PASSWORD.toCharArray();
    var store = KeyStore.getInstance(keys.toFile(), password);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, password);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** A store with one key, made by Java's own tool. */
  static Path keys(Path folder, String name, String... options) throws Exception {
    var store = folder.resolve(name + ".p12");
    var words = new ArrayList<>(List.of("-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1"));
    words.addAll(List.of("-ext", "BC=ca:true", "-storetype", "PKCS12"));
    words.addAll(List.of(options));
    if (!words.contains("-keyalg")) {
      words.addAll(List.of("-keyalg", "EC"));
    }
    keytool(store, "-genkeypair", words);
    return store;
  }

  /** Replaces the certificate in {@code store} by one that the key in {@code authority} signs. */
  static void sign(Path store, Path authority, String... options) throws Exception {
    var request = store.resolveSibling("request").toString();
    var signed = store.resolveSibling("signed").toString();
    keytool(store, "-certreq", List.of("-file", request));
    var words = new ArrayList<>(List.of("-infile", request, "-outfile", signed, "-rfc"));
    words.addAll(List.of("-ext", "SAN=IP:127.0.0.1"));
    words.addAll(List.of(options));
    keytool(authority, "-gencert", words);
    // With the whole chain, which keytool wants to see.
    Files.writeString(
        Path.of(signed),
        pem("CERTIFICATE", certificate(authority).getEncoded()),
        StandardOpenOption.APPEND);
    keytool(store, "-importcert", List.of("-noprompt", "-file", signed));
  }

  private static void keytool(Path store, String what, List<String> words) throws Exception {
    var name = store.getFileName().toString().replace(".p12", "");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what, "-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-alias", name));
    command.addAll(words);
    var log = store.resolveSibling("keytool");
    var status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new AssertionError("keytool failed: " + Files.readString(log));
    }
  }

  /** What is in a store with one key as PEM: its certificate in one file, its key in another. */
  static void writePem(Path store, Path certificate, Path key) throws Exception {
    var password = PASSWORD.toCharArray();
    var keys = KeyStore.getInstance(store.toFile(), password);
    var alias = keys.aliases().nextElement();
    Files.writeString(certificate, pem("CERTIFICATE", certificate(store).getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey(alias, password).getEncoded()));
  }

  private static Certificate certificate(Path store) throws Exception {
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return keys.getCertificate(keys.aliases().nextElement());
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes));
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

  private void serve(Socket accepted) {
    try (accepted;
        var redis = new Socket(InetAddress.getLoopbackAddress(), target)) {
      var client = sniffing.isPresent() ? sniffed(accepted, redis, sniffing.get()) : accepted;
      Thread.ofVirtual().start(() -> pass(redis, client));
      client.getInputStream().transferTo(redis.getOutputStream());
    } catch (IOException _) {
      // One of them hung up, or the client was not let in.
    }
  }

  private static Socket sniffed(Socket client, Socket redis, SSLSocketFactory factory)
      throws IOException {
    var first = client.getInputStream().read();
    if (first != HANDSHAKE) {
      redis.getOutputStream().write(first);
      return client;
    }
    var read = new ByteArrayInputStream(new byte[] {HANDSHAKE});
    var tls = (SSLSocket) factory.createSocket(client, read, true);
    tls.setNeedClientAuth(true);
    return tls;
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
    listener.close();
  }
}
