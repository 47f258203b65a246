package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ticketsim.Reply;
import io.github.ticketsim.TicketStorm;
import io.github.ticketsim.Verdict;
import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketShopTest {

  @RepeatedTest(20)
  void sellsNoTicketTwice() throws InterruptedException {
    TicketShop shop = new TicketShop(100);

    var report =
        TicketStorm.of(100)
            .buyers(1_000)
            .purchase(purchase -> shop.buy() ? Reply.sold() : Reply.soldOut())
            .left(shop::left)
            .run();

    assertEquals(Verdict.VALID, report.verdict());
  }

  @Test
  void theShopStaysOneForJava17() throws IOException {
    try (var in = new DataInputStream(TicketShop.class.getResourceAsStream("TicketShop.class"))) {
      in.readInt();
      in.readUnsignedShort();
      assertEquals(61, in.readUnsignedShort());
    }
    assertTrue(Runtime.version().feature() >= 25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picocli.CommandLine",
        "redis.clients.jedis.Jedis",
        "redis.embedded.RedisServer",
        "io.helidon.webserver.WebServer",
        "org.apache.hc.core5.http.HttpHost",
        "org.flywaydb.core.Flyway",
        "org.postgresql.Driver",
        "org.slf4j.Logger",
        "org.snakeyaml.engine.v2.api.Load",
        "org.sqlite.JDBC"
      })
  void nothingOfTheCommandLineComesWithTheLibrary(String name) {
    assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
  }
}
