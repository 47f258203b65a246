package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis whose certificate no public CA has signed, and that wants to know its clients. */
@Timeout(120)
class PrivateCaIT {
  private static final String TLS_1_3 = "TLSv1.3";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @TempDir private static Path files;
  private static Path keys;

  @TempDir private Path out;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = made("shop");
    made("rsa", "-keyalg", "RSA");
  }

  /** A store, with its certificate and key as PEM beside it. */
  private static Path made(String name, String... options) throws Exception {
    var store = TlsGate.keys(files, name, options);
    TlsGate.writePem(store, Path.of(certificate(name)), Path.of(key(name)));
    return store;
  }

  private static String certificate(String name) {
    return files.resolve(name + ".pem").toString();
  }

  private static String key(String name) {
    return files.resolve(name + ".key").toString();
  }

  private static String shown(String name) {
    return " --tls-cert=" + certificate(name) + " --tls-key=" + key(name);
  }

  private static String trusted(String name) {
    return " --tls-ca=" + certificate(name);
  }

  /**
   * @param options with blanks between
   */
  private CommandRun storm(String uri, String options) {
    var words = "--stock=10 --timeout=10s " + options.strip();
    return CommandRun.of(Storms.arguments(out, uri, words.split(" +")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=4", "--pipeline"})
  void sellsWithFilesInPem(String how) throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      storm(gate.uri(), trusted("shop") + shown("shop") + " " + how).assertQuiet(ExitCode.VALID);
    }
  }

  @Test
  void sellsWithAKeyOfAnotherKind() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), files.resolve("rsa.p12"), "TLSv1.2")) {
      storm(gate.uri(), trusted("rsa") + shown("rsa")).assertQuiet(ExitCode.VALID);
    }
  }

  @Test
  void speaksTlsForAnyOfTheseOptions() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      var plain = "redis://127.0.0.1:" + gate.port();
      storm(plain, trusted("shop") + shown("shop")).assertQuiet(ExitCode.VALID);
    }
  }

  @Test
  void saysHowToTrustTheServer() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      storm(gate.uri(), trusted("rsa") + shown("shop"))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "is not trusted", "pass --tls-ca FILE");
    }
  }

  @Test
  void expectsTheNameThatItIsTold() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      storm(gate.uri(), trusted("shop") + shown("shop") + " --tls-name=localhost")
          .assertQuiet(ExitCode.VALID);
      storm(gate.uri(), trusted("shop") + shown("shop") + " --tls-name=shop.example")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "shop.example", "--tls-name");
    }
  }

  @Test
  void saysThatItCheckedNoCertificate() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      var run = storm(gate.uri(), "--insecure --format=text" + shown("shop"));
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.text()).contains("whose certificate was not checked (--insecure)");
    }
  }

  @Test
  void saysThatACertificateExpired() throws Exception {
    var old = made("old");
    TlsGate.sign(old, keys, "-startdate", "-3d", "-validity", "2");
    TlsGate.writePem(old, Path.of(certificate("old")), Path.of(key("old")));
    try (var gate = TlsGate.to(REDIS.port(), old, TLS_1_3)) {
      storm(gate.uri(), trusted("shop") + shown("old"))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "expired on", "renew it");
    }
  }

  @Test
  void saysSoOfOneThatIsTrustedItself() throws Exception {
    var old = made("stale", "-startdate", "-3d", "-validity", "2");
    try (var gate = TlsGate.to(REDIS.port(), old, TLS_1_3)) {
      storm(gate.uri(), trusted("stale") + shown("stale"))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "expired on", "renew it");
    }
  }

  @Test
  void preloadsAndAsksOverTlsToo() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      var options = "preload --stock=7 --redis=" + gate.uri() + trusted("shop") + shown("shop");
      CommandRun.of(options.split(" ")).assertQuiet(ExitCode.VALID);
      assertThat(REDIS.counter("ticket:stock")).isEqualTo(7);
    }
  }

  @Test
  void refusesFilesThatDoNotFit() {
    var uri = "rediss://127.0.0.1:1";
    storm(uri, "--tls-cert=" + certificate("shop") + " --tls-key=" + key("rsa"))
        .assertRefusedWith(ExitCode.USAGE, "--tls-key: ", "is not the key of the certificate");
    storm(uri, "--tls-cert=" + certificate("shop"))
        .assertRefusedWith(ExitCode.USAGE, "--tls-cert and --tls-key belong together");
    storm(uri, "--tls-ca=" + key("shop"))
        .assertRefusedWith(ExitCode.USAGE, "--tls-ca: ", "holds no certificate in PEM");
    storm(uri, "--tls-ca=" + files.resolve("none.pem"))
        .assertRefusedWith(ExitCode.USAGE, "--tls-ca: ", "does not exist");
    storm(uri, "--insecure" + trusted("shop"))
        .assertRefusedWith(ExitCode.USAGE, "--insecure and --tls-ca exclude each other");
  }
}
