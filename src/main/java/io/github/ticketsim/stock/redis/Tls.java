package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the keys and the trust of Java's own settings, {@code javax.net.ssl.keyStore} and {@code
 * javax.net.ssl.trustStore}, and what its failures mean.
 */
final class Tls {
  private static final String KEY_STORE = "javax.net.ssl.keyStore";

  /** What a server sends that got no certificate of the client, or one that it does not accept. */
  private static final Pattern CLIENT_REFUSED =
      Pattern.compile(
          "fatal alert: (certificate_required|bad_certificate|unsupported_certificate"
              + "|certificate_revoked|certificate_expired|certificate_unknown|unknown_ca"
              + "|access_denied)");

  private static final Pattern OTHER_NAME =
      Pattern.compile("No (subject alternative|name matching)");

  private static final String TRUST_IT =
      "make Java trust it with JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=FILE"
          + " -Djavax.net.ssl.trustStorePassword=PASSWORD'";
  private static final String PASS_KEYS =
      "pass one with JAVA_TOOL_OPTIONS='-Djavax.net.ssl.keyStore=FILE.p12"
          + " -Djavax.net.ssl.keyStorePassword=PASSWORD'";

  private Tls() {}

  /**
   * Sockets with Java's keys and trust.
   *
   * @throws StockUnavailableException when its settings name a store that cannot be read
   */
  static SSLSocketFactory sockets(RedisEndpoint endpoint) {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new StockUnavailableException(
          endpoint.label(),
          "Java cannot read its key store or trust store: " + RedisProblem.oneLine(e),
          "check -Djavax.net.ssl.keyStore, .keyStorePassword, .trustStore and .trustStorePassword"
              + " in JAVA_TOOL_OPTIONS");
    }
  }

  /** The certificate must be one for the host that is asked for. */
  static SSLParameters parameters() {
    var parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /** Sockets like the usual ones, which notice if the server asks for a certificate in vain. */
  static Client client(RedisEndpoint endpoint) {
    if (System.getProperty(KEY_STORE) != null) {
      return new Client(sockets(endpoint), new AtomicBoolean());
    }
    var asked = new AtomicBoolean();
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new NoKeys(asked)}, null, null);
      return new Client(context.getSocketFactory(), asked);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /**
   * The client's side of TLS.
   *
   * @param asked whether a server has asked for a certificate, and there was none
   */
  record Client(SSLSocketFactory sockets, AtomicBoolean asked) {

    /** What is likely wrong if the connection has failed. */
    Optional<RedisProblem> lacksCertificate() {
      return asked.get()
          ? Optional.of(
              new RedisProblem("the server wants a client certificate, and hung up", PASS_KEYS))
          : Optional.empty();
    }
  }

  private record NoKeys(AtomicBoolean asked) implements X509KeyManager {
    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      asked.set(true);
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  /** What a failure of TLS means. */
  static RedisProblem problem(String words) {
    if (CLIENT_REFUSED.matcher(words).find()) {
      var ours = System.getProperty(KEY_STORE);
      return ours == null
          ? new RedisProblem("the server wants a client certificate: TLS said " + words, PASS_KEYS)
          : new RedisProblem(
              "the server does not accept the client certificate in "
                  + ours
                  + ": TLS said "
                  + words,
              "put one into -D" + KEY_STORE + " that the server's CA has signed");
    }
    if (words.contains("handshake_failure")) {
      return new RedisProblem(
          "TLS failed: " + words,
          "if the server wants a client certificate, " + PASS_KEYS,
          /* certain= */ false);
    }
    if (OTHER_NAME.matcher(words).find()) {
      return new RedisProblem(
          "TLS failed: " + words, "use a host name in --redis that the server's certificate has");
    }
    if (words.contains("certification path") || words.contains("trustAnchors")) {
      return new RedisProblem("Java does not trust the server's certificate: " + words, TRUST_IT);
    }
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return RedisProblem.noTls();
    }
    return RedisProblem.uncertain("TLS failed: " + words);
  }
}
