package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS, and what its failures mean. What is not given is as Java's own settings say,
 * {@code javax.net.ssl.keyStore} and {@code javax.net.ssl.trustStore}.
 */
public final class Tls {
  /** With the keys and the trust of Java's own settings. */
  public static final Tls JAVA = new Tls(null, null, Optional.empty(), Optional.empty(), false);

  private static final String KEY_STORE = "javax.net.ssl.keyStore";

  /** What a server sends that got no certificate of the client, or one that it does not accept. */
  private static final Pattern CLIENT_REFUSED =
      Pattern.compile(
          "fatal alert: (certificate_required|bad_certificate|unsupported_certificate"
              + "|certificate_revoked|certificate_expired|certificate_unknown|unknown_ca"
              + "|access_denied)");

  private static final Pattern OTHER_NAME =
      Pattern.compile("No (subject alternative|name matching)");

  private static final Pattern EXPIRED = Pattern.compile("NotAfter: (.*)");
  private static final Pattern NOT_YET = Pattern.compile("NotBefore: (.*)");

  private static final String TRUST_IT =
      "pass --tls-ca FILE with the certificate of the CA that signed it (PEM)";
  private static final String PASS_KEYS = "pass one with --tls-cert FILE --tls-key FILE (PEM)";

  private static final String SIGNED = "pass --tls-cert one that the server's CA has signed";

  private final TrustManager @Nullable [] trust;
  private final @Nullable OneKey key;
  private final Optional<Path> certificate;
  private final Optional<String> name;
  private final boolean insecure;
  private final Optional<SSLContext> context;

  private Tls(
      TrustManager @Nullable [] trust,
      @Nullable OneKey key,
      Optional<Path> certificate,
      Optional<String> name,
      boolean insecure) {
    this.trust = trust;
    this.key = key;
    this.certificate = certificate;
    this.name = name;
    this.insecure = insecure;
    this.context =
        trust == null && key == null ? Optional.empty() : Optional.of(context(key, trust));
  }

  /**
   * With files in PEM.
   *
   * @param ca certificates to trust, in place of those that Java trusts
   * @param certificate to show to the server, with the chain up to its CA if need be
   * @param key of that certificate
   * @param name that the server's certificate must have; else the host that is asked for
   * @param insecure whether any certificate will do
   * @throws IllegalArgumentException when a file cannot be used; the message names option and file
   */
  public static Tls of(
      Optional<Path> ca,
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<String> name,
      boolean insecure) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "--tls-cert and --tls-key belong together; give both of them");
    }
    if (insecure && ca.isPresent()) {
      throw new IllegalArgumentException(
          "--insecure and --tls-ca exclude each other; give one of them");
    }
    var trusted =
        insecure
            ? Optional.of(new TrustManager[] {new TrustAny()})
            : ca.map(file -> named("--tls-ca", () -> trust(PemFiles.certificates(file))));
    var own = certificate.map(file -> own(file, key.orElseThrow()));
    return new Tls(trusted.orElse(null), own.orElse(null), certificate, name, insecure);
  }

  private static OneKey own(Path certificate, Path key) {
    var chain = named("--tls-cert", () -> PemFiles.certificates(certificate));
    return new OneKey(
        named("--tls-key", () -> PemFiles.key(key, chain.getFirst())), chain, new AtomicBoolean());
  }

  private static <T> T named(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> authorities) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var authority : authorities) {
        store.setCertificateEntry("ca-" + store.size(), authority);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .map(
              manager ->
                  manager instanceof X509ExtendedTrustManager other
                      ? new TrustInTime(other)
                      : manager)
          .toArray(TrustManager[]::new);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot be trusted: " + e.getMessage(), e);
    }
  }

  private static SSLContext context(@Nullable OneKey key, TrustManager @Nullable [] trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(key == null ? null : new KeyManager[] {key}, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** What a report must say of it; begins with a comma, or is empty. */
  String words() {
    return insecure ? ", whose certificate was not checked (--insecure)" : "";
  }

  /**
   * Sockets for it.
   *
   * @throws StockUnavailableException when Java's settings name a store that cannot be read
   */
  private SSLSocketFactory sockets(RedisEndpoint endpoint) {
    try {
      return (context.isPresent() ? context.get() : SSLContext.getDefault()).getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new StockUnavailableException(
          endpoint.label(),
          "Java cannot read its key store or trust store: " + RedisProblem.oneLine(e),
          "check -Djavax.net.ssl.keyStore, .keyStorePassword, .trustStore and .trustStorePassword"
              + " in JAVA_TOOL_OPTIONS");
    }
  }

  /**
   * Makes a connection one over TLS.
   *
   * @param plain connected; closed with what is returned
   * @throws IOException when the two do not agree
   */
  SSLSocket over(Socket plain, RedisEndpoint endpoint) throws IOException {
    return over(plain, endpoint, sockets(endpoint));
  }

  private SSLSocket over(Socket plain, RedisEndpoint endpoint, SSLSocketFactory sockets)
      throws IOException {
    var host = name.orElseGet(() -> endpoint.host().replaceAll("[\\[\\]]", ""));
    if (!(sockets.createSocket(plain, host, endpoint.port(), true) instanceof SSLSocket tls)) {
      throw new IOException("Java makes sockets without TLS");
    }
    var parameters = tls.getSSLParameters();
    if (!insecure) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /** The same, and notices if the server asks for a certificate. */
  Client client() {
    var asked = new AtomicBoolean();
    if (key == null && System.getProperty(KEY_STORE) != null) {
      // Java's own keys do not tell whether they were asked for.
      asked.set(true);
      return new Client(this, Optional.empty(), asked);
    }
    var ours = key == null ? new OneKey(null, List.of(), asked) : key.asked(asked);
    return new Client(this, Optional.of(context(ours, trust)), asked);
  }

  /**
   * The client's side of TLS.
   *
   * @param watched in place of the usual context
   * @param asked whether a server has asked for a certificate
   */
  record Client(Tls tls, Optional<SSLContext> watched, AtomicBoolean asked) {

    /** See {@link Tls#over(Socket, RedisEndpoint)}. */
    SSLSocket over(Socket plain, RedisEndpoint endpoint) throws IOException {
      return watched.isPresent()
          ? tls.over(plain, endpoint, watched.get().getSocketFactory())
          : tls.over(plain, endpoint);
    }

    /** What is likely wrong if the server has hung up without a word. */
    Optional<RedisProblem> hungUp() {
      if (!asked.get()) {
        return Optional.empty();
      }
      return Optional.of(
          tls.shown()
              .map(
                  ours ->
                      new RedisProblem(
                          "the server hung up, as one does that does not accept the client"
                              + " certificate in "
                              + ours,
                          SIGNED))
              .orElseGet(
                  () ->
                      new RedisProblem(
                          "the server wants a client certificate, and hung up", PASS_KEYS)));
    }
  }

  /** Shows one certificate to whatever server asks, or none. */
  private record OneKey(@Nullable PrivateKey key, List<X509Certificate> chain, AtomicBoolean asked)
      implements X509KeyManager {
    private static final String ALIAS = "client";

    /** The same; {@code other} notices. */
    OneKey asked(AtomicBoolean other) {
      return new OneKey(key, chain, other);
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      asked.set(true);
      return key != null && List.of(types).contains(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return key == null ? null : new String[] {ALIAS};
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
      return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  /** Which certificate the server is shown, for people. */
  private Optional<String> shown() {
    return certificate
        .map(Path::toString)
        .or(() -> Optional.ofNullable(System.getProperty(KEY_STORE)));
  }

  /** What a failure of TLS means. */
  RedisProblem problem(SSLException failure) {
    var words = RedisProblem.oneLine(failure);
    if (CLIENT_REFUSED.matcher(words).find()) {
      return shown()
          .map(
              ours ->
                  new RedisProblem(
                      "the server does not accept the client certificate in "
                          + ours
                          + ": TLS said "
                          + words,
                      SIGNED))
          .orElseGet(
              () ->
                  new RedisProblem(
                      "the server wants a client certificate: TLS said " + words, PASS_KEYS));
    }
    if (words.contains("handshake_failure")) {
      return new RedisProblem(
          "TLS failed: " + words,
          "if the server wants a client certificate, " + PASS_KEYS,
          /* certain= */ false);
    }
    if (OTHER_NAME.matcher(words).find()) {
      return new RedisProblem(
          "TLS failed: " + words,
          "use a host name in --redis that the server's certificate has, or pass --tls-name");
    }
    var expired = EXPIRED.matcher(words);
    if (expired.find()) {
      return new RedisProblem(
          "the certificate of the server, or of its CA, expired on " + expired.group(1),
          "renew it, or pass --insecure to storm all the same");
    }
    var early = NOT_YET.matcher(words);
    if (early.find()) {
      return new RedisProblem(
          "the certificate of the server is not valid before " + early.group(1),
          "check the clocks of both machines, or pass --insecure to storm all the same");
    }
    if (words.contains("trustAnchors")
        || RedisProblem.find(failure, GeneralSecurityException.class).isPresent()) {
      return new RedisProblem("the server's certificate is not trusted: " + words, TRUST_IT);
    }
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return RedisProblem.noTls();
    }
    return RedisProblem.uncertain("TLS failed: " + words);
  }
}
