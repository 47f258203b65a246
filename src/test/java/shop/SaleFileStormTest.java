package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.ticketsim.Report;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.TicketStormException;
import io.github.ticketsim.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sale file, run from a test of the shop. */
class SaleFileStormTest {
  /** Sells a seat to the first who asks for it, and to nobody else. */
  private static final String SQL =
      """
      stock: 1
      buyers: 4
      target: jdbc:%s
      setup: [drop table if exists sold, create table sold (seat integer primary key)]
      purchase:
        tries: 100
        sql:
          - run: insert into sold values (1)
            on_unique_violation: sold_out
      left: select 1 - count(*) from sold
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("sale.yaml"), text);
  }

  private Report run(Path file) throws InterruptedException {
    return TicketStorm.of(file).out(folder.resolve("runs")).run();
  }

  /** Sells over HTTP; each second purchase is taken from a stale counter if it is broken. */
  private static HttpServer shop(long tickets, boolean broken) throws IOException {
    var left = new AtomicLong(tickets);
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          var buys = exchange.getRequestMethod().equals("POST");
          var sold =
              broken
                  ? left.getAndDecrement() > -50
                  : left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
          var reply = (buys ? "{\"result\":" + sold : "{\"left\":" + left.get()) + "}";
          exchange.sendResponseHeaders(200, reply.length());
          try (var body = exchange.getResponseBody()) {
            body.write(reply.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    return server;
  }

  private Report storm(boolean broken) throws Exception {
    var server = shop(100, broken);
    try {
      return run(
          file(
              """
              stock: 100
              buyers: 400
              target: http://localhost:%d
              purchase: { post: /buy }
              """
                  .formatted(server.getAddress().getPort())));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void stormsWhatTheFileDescribes() throws Exception {
    var report = storm(false);

    assertThat(report.toString()).contains("100 confirmed sales of 100 tickets");
    // Nothing in the file tells what is left.
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.saved().orElseThrow().resolve("history.ndjson")).isRegularFile();
  }

  @Test
  void aBrokenShopIsFound() throws Exception {
    assertThat(storm(true).verdict()).isEqualTo(Verdict.INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stok: 5 | sale.yaml:1: | stock
          target: redis://localhost:1 | sale.yaml: | the key purchase is missing; add it
          stock: 5 | sale.yaml: | the key target is missing; add it
          {target: "http://localhost:1/"} | sale.yaml: | the key purchase is missing; add it
          {target: "http://localhost:1/", purchase: {post: /}} | sale.yaml: | add the key stock or left
          {stock: 1, target: "http://localhost:1/", purchase: {post: /}} | http://localhost:1/: | nobody listens there
          """)
  void saysInOneLineWhyItDoesNotBegin(String text, String beginning, String end)
      throws IOException {
    var file = file(text);

    assertThatThrownBy(() -> run(file))
        .isInstanceOf(TicketStormException.class)
        .hasMessageContaining(beginning)
        .hasMessageContaining(end)
        .hasMessageNotContaining("\n");
    assertThat(folder.resolve("runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
  }

  @ParameterizedTest
  @CsvSource({
    "org.snakeyaml., a sale file needs org.snakeyaml:snakeyaml-engine",
    "org.apache.hc., a target over HTTP needs org.apache.httpcomponents.core5:httpcore5",
    "redis.clients., a target that is a Redis needs redis.clients:jedis",
    "org.apache.commons.csv., data or orders in CSV needs org.apache.commons:commons-csv",
    "org.postgresql., a target in PostgreSQL needs org.postgresql:postgresql",
    "org.sqlite., a target in SQLite needs org.xerial:sqlite-jdbc"
  })
  void namesTheLibraryThatIsMissing(String missing, String words) throws Exception {
    Files.writeString(folder.resolve("users.csv"), "name\nAnn\n");
    var file =
        file(
            switch (missing) {
              case "redis.clients." ->
                  """
                  stock: 1
                  target: redis://localhost:1
                  purchase: { command: DECR stock }
                  replies: { sold: { reply>=: 0 } }
                  """;
              case "org.postgresql." -> SQL.formatted("postgresql://localhost:1/shop");
              case "org.sqlite." -> SQL.formatted("sqlite:" + folder.resolve("shop.db"));
              default ->
                  """
                  stock: 1
                  buyers: 1
                  data: users.csv
                  target: http://localhost:1
                  purchase: { post: "/{{data.name}}" }
                  """;
            });
    var storm = without(missing, file);

    assertThatThrownBy(() -> storm.getClass().getMethod("run").invoke(storm))
        .cause()
        .hasMessage(file + ": " + words + "; add it to the dependencies of the test");
  }

  private static Object without(String missing, Path file) throws Exception {
    return new Without(missing)
        .loadClass("io.github.ticketsim.TicketStorm")
        .getMethod("of", Path.class)
        .invoke(null, file);
  }

  /** What SQLite refuses is understood without the driver of PostgreSQL. */
  @Test
  void aDatabaseNeedsNoDriverButItsOwn() throws Exception {
    var file = file(SQL.formatted("sqlite:" + folder.resolve("shop.db")));
    var storm = without("org.postgresql.", file);
    var saved = storm.getClass().getMethod("out", Path.class).invoke(storm, folder.resolve("runs"));

    assertThat(saved.getClass().getMethod("run").invoke(saved).toString()).startsWith("VALID");
  }

  /** Everything of this test but one library. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(String missing) {
      super(ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    @Override
    protected @Nullable URL findResource(String name) {
      return Without.class.getClassLoader().getResource(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var file = name.replace('.', '/') + ".class";
      try (var in = Without.class.getClassLoader().getResourceAsStream(file)) {
        if (in == null || name.startsWith(missing)) {
          throw new ClassNotFoundException(name);
        }
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
