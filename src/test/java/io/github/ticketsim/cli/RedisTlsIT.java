package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms on a Redis behind TLS that wants to know its clients (mutual TLS). */
@Timeout(120)
class RedisTlsIT {
  private static final String TLS_1_3 = "TLSv1.3";

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @TempDir private static Path stores;
  private static Path keys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TlsGate.keys(stores, "shop");
  }

  /** A storm of its own process, since Java reads these settings once; says how it ended. */
  private String storm(TlsGate gate, List<String> settings, String... options) throws Exception {
    var words = new String[] {"--stock=10", "--timeout=10s"};
    var arguments =
        Storms.arguments(
            folder.resolve("runs"),
            gate.uri(),
            Stream.concat(Stream.of(words), Stream.of(options)).toArray(String[]::new));
    var command = TicketSimProcess.command(folder, arguments);
    command.addAll(1, settings);
    var log = folder.resolve("log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return process.waitFor() + " " + Files.readString(log);
  }

  private static List<String> trust() {
    return store("trustStore", keys);
  }

  private static List<String> store(String kind, Path store) {
    return List.of(
        "-Djavax.net.ssl." + kind + "=" + store,
        "-Djavax.net.ssl." + kind + "Password=" + TlsGate.PASSWORD);
  }

  private static List<String> trustAnd(List<String> more) {
    return Stream.concat(trust().stream(), more.stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=4", "--pipeline"})
  void showsTheCertificateThatJavaHas(String how) throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      assertThat(storm(gate, trustAnd(store("keyStore", keys)), how))
          .startsWith("0 VALID: sold 10 of 10 tickets");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, "TLSv1.2"})
  void saysThatTheServerWantsACertificate(String protocol) throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, protocol)) {
      assertThat(storm(gate, trust()))
          .startsWith("4 ticket-sim: " + gate.uri() + ": ")
          .contains("the server wants a client certificate", "--tls-cert FILE --tls-key FILE")
          .hasLineCount(1);
    }
  }

  @Test
  void saysThatTheServerDoesNotAcceptTheCertificate() throws Exception {
    var other = TlsGate.keys(stores, "other");
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      assertThat(storm(gate, trustAnd(store("keyStore", other))))
          .startsWith("4 ticket-sim: " + gate.uri() + ": ")
          .contains("does not accept the client certificate in " + other)
          .hasLineCount(1);
    }
  }

  @Test
  void saysThatAStoreCannotBeRead() throws Exception {
    var wrong = List.of("-Djavax.net.ssl.keyStore=" + keys, "-Djavax.net.ssl.keyStorePassword=x");
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      assertThat(storm(gate, trustAnd(wrong)))
          .startsWith("4 ticket-sim: " + gate.uri() + ": ")
          .contains("keystore password was incorrect", ".keyStorePassword")
          .hasLineCount(1);
    }
  }

  @Test
  void saysHowToMakeJavaTrustTheServer() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      assertThat(storm(gate, List.of()))
          .startsWith("4 ticket-sim: " + gate.uri() + ": ")
          .contains("the server's certificate is not trusted", "pass --tls-ca FILE")
          .hasLineCount(1);
    }
  }

  @Test
  void knowsATlsPortByItsHandshake() throws Exception {
    try (var gate = TlsGate.to(REDIS.port(), keys, TLS_1_3)) {
      CommandRun.of(Storms.arguments(folder, "redis://127.0.0.1:" + gate.port()))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "speaks only TLS", "rediss:// for a TLS port");
    }
  }

  @Test
  void knowsAPlainPortByItsAnswer() {
    CommandRun.of(Storms.arguments(folder, "rediss://127.0.0.1:" + REDIS.port()))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "speaks no TLS", "redis:// for a plain port");
  }
}
