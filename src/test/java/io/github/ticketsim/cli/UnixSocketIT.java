package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.redis.Servers;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storms over a Unix socket, over IPv6, and with a password that stands in a file. */
@Timeout(120)
class UnixSocketIT {
  @TempDir private Path files;
  @TempDir private Path out;

  private Servers servers;
  private RedisServer redis;
  private Path socket;

  @BeforeEach
  void start() throws Exception {
    servers = new Servers(files);
    socket = files.resolve("redis.sock");
    redis = servers.start("--unixsocket", socket.toString(), "--bind", "127.0.0.1 -::1");
    redis.call("ACL", "SETUSER", "anna", "on", ">secret", "~*", "+@all");
    Await.until("the socket is there", () -> Files.exists(socket));
  }

  @AfterEach
  void end() {
    servers.close();
  }

  private CommandRun storm(String uri, String... options) {
    return CommandRun.of(Storms.arguments(out, uri, options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pool=4", "--pipeline", "--fault=drop-reply:#7"})
  void sells(String how) {
    storm("redis+unix://" + socket, "--stock=10", "--timeout=1s", how).assertQuiet(ExitCode.VALID);
  }

  @Test
  void selectsTheDatabaseAndLogsIn() {
    storm("redis+unix://" + socket + "?db=3&user=anna&password=secret", "--stock=10")
        .assertQuiet(ExitCode.VALID);
    assertThat(redis.call("INFO", "keyspace").toString()).contains("db3:").doesNotContain("db0:");
  }

  @Test
  void saysThatNobodyListens() {
    storm("redis+unix://" + files.resolve("none.sock"), "--stock=10")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "none.sock", "nobody listens there");
  }

  @Test
  void endsWhereTheServerStandsStill() throws Exception {
    servers.signal(redis, "STOP");
    storm("redis+unix://" + socket, "--stock=10", "--timeout=300ms")
        .assertRefusedWith(ExitCode.UNAVAILABLE, "no answer in time");
  }

  @Test
  void sellsOverIpv6() {
    storm("redis://[::1]:" + redis.port(), "--stock=10").assertQuiet(ExitCode.VALID);
  }

  @Test
  void readsThePasswordFromAFile() throws Exception {
    var file = Files.writeString(files.resolve("password"), "secret\n").toString();
    var uri = "redis://anna@127.0.0.1:" + redis.port();
    storm(uri, "--stock=10", "--password-file", file).assertQuiet(ExitCode.VALID);
    storm(uri, "--stock=10").assertRefusedWith(ExitCode.USAGE, "names a user without a password");
    Files.writeString(Path.of(file), "\n");
    storm(uri, "--stock=10", "--password-file", file)
        .assertRefusedWith(ExitCode.USAGE, "--password-file: ", "is empty");
    storm(uri, "--stock=10", "--password-file", file + "2")
        .assertRefusedWith(ExitCode.USAGE, "--password-file: ", "does not exist");
  }
}
