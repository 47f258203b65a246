package io.github.ticketsim.stock.http;

import static io.github.ticketsim.stock.http.HttpStockTest.buy;
import static io.github.ticketsim.stock.http.HttpStockTest.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do to a connection between two purchases, however shortly after a reply. */
@Timeout(60)
class KeptConnectionTest {
  private static final int PURCHASES = 30;

  /** Does after the reply what it does, and says when that is done. */
  private static final class Afterwards implements RawServer.Answer {
    private final HttpStockTest.Misdeed misdeed;
    private final SynchronousQueue<Boolean> done = new SynchronousQueue<>();

    Afterwards(HttpStockTest.Misdeed misdeed) {
      this.misdeed = misdeed;
    }

    @Override
    public void give(int number, Socket client) throws IOException {
      RawServer.sold(client);
      misdeed.to(client);
      try {
        done.put(true);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void connectionsAreKept() throws Exception {
    try (var server = new RawServer((_, client) -> RawServer.sold(client));
        var stock = open(server, Optional.empty())) {
      for (var i = 0; i < PURCHASES; i++) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(stock.settle().settled()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionThatTheServerClosedIsReplacedBeforeAnythingIsSent(boolean reset)
      throws Exception {
    var answer =
        new Afterwards(
            client -> {
              client.setSoLinger(reset, 0);
              client.close();
            });
    try (var server = new RawServer(answer);
        var stock = open(server, Optional.empty())) {
      for (var i = 0; i < PURCHASES; i++) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
        answer.done.take();
      }
      assertThat(server.requests()).isEqualTo(PURCHASES);
      assertThat(stock.settle().settled()).isTrue();
    }
  }

  @Test
  void aSecondReplyIsNotTakenForThatOfTheNextBuyer() throws Exception {
    var answer =
        new Afterwards(
            client ->
                RawServer.reply(client, "200 OK", "application/json", "{\"result\":\"false\"}"));
    try (var server = new RawServer(answer);
        var stock = open(server, Optional.empty())) {
      for (var i = 0; i < PURCHASES; i++) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
        answer.done.take();
      }
      assertThat(server.connections()).isEqualTo(PURCHASES);
    }
  }

  @Test
  void aWarmUpDoesNotComeToTheShop() throws Exception {
    try (var server = new RawServer((_, client) -> RawServer.sold(client));
        var stock = open(server, Optional.empty())) {
      var outcomes = new ArrayList<Outcome>();
      for (var warmUp : stock.jitWarmUps()) {
        for (var i = 0; i < PURCHASES; i++) {
          outcomes.add(buy((HttpStock) warmUp));
        }
        assertThat(warmUp.settle().settled()).isFalse();
      }
      var sold = Collections.nCopies(PURCHASES, (Outcome) new Outcome.Sold(OptionalLong.empty()));
      var none =
          Collections.nCopies(PURCHASES, (Outcome) new Outcome.SoldOut(OptionalLong.empty()));
      assertThat(outcomes)
          .containsExactlyElementsOf(Stream.of(sold, none).flatMap(Collection::stream).toList());
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).isZero();
    }
  }
}
