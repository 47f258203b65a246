package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a storm says when Redis or the disk is not ready for it. */
@Timeout(120)
class UnavailableIT {

  @AutoClose private static final RedisServer REDIS = RedisServer.own();

  @TempDir private Path out;

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(Storms.arguments(out, uri, options));
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String uri(ServerSocket listener) {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  @Test
  void saysHowToStartARedisWhereNobodyListens() throws IOException {
    String uri;
    try (var listener = listener()) {
      uri = uri(listener);
    }
    storm(uri)
        .assertRefusedWith(
            ExitCode.UNAVAILABLE,
            uri,
            "nobody listens",
            "docker compose up -d",
            "ticket-sim redis",
            "--embedded");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void everyCommandThatNeedsRedisSaysSo() throws IOException {
    String uri;
    try (var listener = listener()) {
      uri = uri(listener);
    }
    CommandRun.of("preload", "--stock", "1", "--redis", uri)
        .assertRefusedWith(ExitCode.UNAVAILABLE, uri, "nobody listens");
  }

  @Test
  void saysThatAHostNameIsUnknown() {
    storm("redis://no-such-host.invalid:6379")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "no-such-host.invalid:6379", "host name unknown", "--redis");
  }

  @Test
  void givesUpOnAServerThatAcceptsAndNeverAnswers() throws IOException {
    try (var listener = listener()) {
      storm(uri(listener), "--timeout", "200ms")
          .assertRefusedWith(ExitCode.UNAVAILABLE, uri(listener), "no answer in time", "--timeout");
    }
  }

  @Test
  void saysThatThePortDoesNotSpeakTls() {
    storm("rediss://127.0.0.1:" + REDIS.port(), "--timeout", "1s")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "rediss://127.0.0.1", "redis:// for a plain port");
  }

  @Test
  void saysThatThePortMaySpeakTlsWhereTheAnswerIsNoRedis() throws Exception {
    var factory = SSLContext.getDefault().getServerSocketFactory();
    try (var listener =
        (SSLServerSocket) factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseHandshakes(listener));
      storm(uri(listener), "--timeout", "1s")
          .assertRefusedWith(ExitCode.UNAVAILABLE, uri(listener), "rediss:// for a TLS port");
    }
  }

  private static void refuseHandshakes(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (var connection = listener.accept()) {
        connection.getInputStream().readAllBytes();
      } catch (IOException _) {
        // What comes is no TLS, or the test is over.
      }
    }
  }

  @Test
  void repeatsWhatRedisSaysToAWrongPassword() {
    REDIS.call("ACL", "SETUSER", "anna", "on", ">right", "~*", "+@all");
    var run = storm(REDIS.uri("anna:wr0ng"));
    run.assertRefusedWith(ExitCode.UNAVAILABLE, "WRONGPASS", "redis://user:password@host:port");
    assertThat(run.err()).doesNotContain("wr0ng", "anna");
  }

  @Test
  void repeatsWhatRedisSaysToAMissingPassword() throws Exception {
    try (var guarded = RedisServer.own()) {
      guarded.call("CONFIG", "SET", "requirepass", "s3cret");
      storm(guarded.uri())
          .assertRefusedWith(
              ExitCode.UNAVAILABLE, guarded.uri(), "NOAUTH", "redis://user:password@host:port");
      storm(guarded.uri(":s3cret"), "--stock", "10").assertQuiet(ExitCode.VALID);
    }
  }

  @Test
  void asksForAPreloadWhereTheKeyIsMissing() {
    storm(REDIS.uri(), "--key", "no-such-key")
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "'no-such-key'", "ticket-sim preload --stock N", "--stock N");
    assertThat(REDIS.call("EXISTS", "no-such-key")).isEqualTo(0L);
  }

  @Test
  void refusesAKeyThatIsAList() {
    var key = REDIS.freshKey();
    REDIS.call("RPUSH", key, "1");
    storm(REDIS.uri(), "--key", key)
        .assertRefusedWith(ExitCode.UNAVAILABLE, "WRONGTYPE", "--stock N", "--key");
  }

  @Test
  void refusesAKeyThatHoldsNoNumber() {
    var key = REDIS.freshKey();
    REDIS.call("SET", key, "abc");
    storm(REDIS.uri(), "--key", key)
        .assertRefusedWith(ExitCode.UNAVAILABLE, key, "'abc'", "64-bit whole number", "--stock N");
    assertThat(REDIS.call("GET", key)).isEqualTo("abc");
  }

  @Test
  void refusesAKeyThatHoldsANumberBeyond64Bits() {
    var key = REDIS.freshKey();
    REDIS.call("SET", key, "9223372036854775808");
    storm(REDIS.uri(), "--key", key)
        .assertRefusedWith(ExitCode.UNAVAILABLE, key, "9223372036854775808", "64-bit");
  }

  @Test
  void preloadsOverAnotherTypeByForceAlone() {
    var key = REDIS.freshKey();
    REDIS.call("RPUSH", key, "1");
    CommandRun.of("preload", "--redis", REDIS.uri(), "--key", key, "--stock", "5k")
        .assertRefusedWith(ExitCode.UNAVAILABLE, key, "holds a list", "--force");
    assertThat(REDIS.call("LLEN", key)).isEqualTo(1L);
    var first =
        CommandRun.of("preload", "--redis", REDIS.uri(), "--key", key, "--stock=5k", "--force");
    first.assertQuiet(ExitCode.VALID);
    assertThat(first.out()).isEqualToIgnoringNewLines(key + ": (another type) -> 5000");
    var second = CommandRun.of("preload", "--redis", REDIS.uri(), "--key", key, "--stock", "0");
    assertThat(second.out()).isEqualToIgnoringNewLines(key + ": 5000 -> 0");
    assertThat(REDIS.counter(key)).isZero();
  }

  @Test
  void pointsAwayFromAReadOnlyReplica() throws Exception {
    try (var replica = RedisServer.own()) {
      replica.call("SET", "ticket:stock", "10");
      replica.call("CONFIG", "SET", "replica-serve-stale-data", "yes");
      replica.call("REPLICAOF", "127.0.0.1", "1");
      storm(replica.uri()).assertRefusedWith(ExitCode.UNAVAILABLE, "READONLY", "primary");
      storm(replica.uri(), "--stock", "10")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "READONLY", "primary");
    }
  }

  @Test
  void repeatsWhatRedisSaysWhereItHasTooManyClients() {
    var most = (String) ((java.util.List<?>) REDIS.call("CONFIG", "GET", "maxclients")).get(1);
    REDIS.call("CONFIG", "SET", "maxclients", "10");
    try {
      storm(REDIS.uri(), "--stock", "10", "--pool", "20")
          .assertRefusedWith(ExitCode.UNAVAILABLE, "max number of clients", "--pool");
    } finally {
      REDIS.call("CONFIG", "SET", "maxclients", most);
    }
  }

  @Test
  void findsBeforeTheStormThatTheRunCannotBeSaved() throws IOException {
    var key = REDIS.freshKey();
    REDIS.call("SET", key, "7");
    var file = Files.writeString(out.resolve("file"), "");
    CommandRun.of(
            Storms.arguments(file.resolve("runs"), REDIS.uri(), "--key", key, "--stock", "100"))
        .assertRefusedWith(ExitCode.UNAVAILABLE, "--out", file.toString());
    assertThat(REDIS.counter(key)).isEqualTo(7);
  }
}
