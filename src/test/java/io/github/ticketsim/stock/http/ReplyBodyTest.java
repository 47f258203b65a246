package io.github.ticketsim.stock.http;

import static io.github.ticketsim.stock.http.HttpStockTest.buy;
import static io.github.ticketsim.stock.http.HttpStockTest.open;
import static io.github.ticketsim.stock.http.HttpStockTest.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.StockUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of bodies that are long, packed, odd or no JSON, over a real socket. */
@Timeout(60)
class ReplyBodyTest {
  private static final String SOLD = "{\"result\":true}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] reply(String headers, byte[] body) {
    return join(bytes("HTTP/1.1 201 Yes\r\n" + headers + "\r\n"), body);
  }

  private static byte[] whole(String headers, byte[] body) {
    return reply(headers + "Content-Length: " + body.length + "\r\n", body);
  }

  /** Bodies that are read, whatever stands around them. */
  static Stream<Arguments> readable() {
    var sold = bytes(SOLD);
    return Stream.of(
        Arguments.of("plain", whole("", sold)),
        Arguments.of("gzip", whole("Content-Encoding: gzip\r\n", gzip(sold))),
        Arguments.of("X-GZIP", whole("Content-Encoding: X-GZIP\r\n", gzip(sold))),
        Arguments.of("identity", whole("Content-Encoding: identity\r\n", sold)),
        Arguments.of("after a BOM", whole("", bytes("\uFEFF" + SOLD))),
        Arguments.of("blanks around it", whole("", bytes("\r\n " + SOLD + "\r\n"))),
        Arguments.of(
            "after interim replies",
            join(
                bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"),
                whole("", sold))),
        Arguments.of(
            "chunks and trailers",
            reply(
                "Transfer-Encoding: chunked\r\n",
                bytes("8\r\n{\"result\r\n7;x=y\r\n\":true}\r\n0\r\nDigest: abc\r\n\r\n"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void aJsonRuleReads(String name, byte[] reply) throws Exception {
    try (var server = new RawServer((_, client) -> client.getOutputStream().write(reply));
        var stock = open(server, Optional.empty())) {
      for (var i = 0; i < 2; i++) {
        assertThat(buy(stock)).isEqualTo(new Outcome.Sold(OptionalLong.empty()));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Bodies into which no JSON rule can look, and why. */
  static Stream<Arguments> unreadable() {
    var sold = bytes(SOLD);
    var huge = bytes("{\"result\":true,\"fill\":\"" + "x".repeat(70_000) + "\"}");
    return Stream.of(
        Arguments.of(whole("", huge), "body of more than 65536 bytes"),
        Arguments.of(
            whole("Content-Encoding: gzip\r\n", gzip(huge)), "body of more than 65536 bytes"),
        Arguments.of(whole("Content-Encoding: gzip\r\n", sold), "body is no gzip"),
        Arguments.of(
            whole("Content-Encoding: br\r\n", sold), "content encoding that was not asked for"),
        Arguments.of(whole("", bytes("{\"result\":false}" + SOLD)), "more than one JSON document"),
        Arguments.of(whole("", bytes(SOLD + "null")), "more than one JSON document"),
        Arguments.of(whole("", bytes(SOLD + "}")), "no whole JSON document"),
        Arguments.of(whole("", bytes("{\"result\":true")), "no whole JSON document"),
        Arguments.of(
            whole("", bytes("{\"result\":true,\"result\":true}")), "one name twice in an object"),
        Arguments.of(
            whole("", "{\"result\":true,\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)),
            "no whole JSON document"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unreadable")
  void aJsonRuleSaysWhyItCouldNotLookAndAStatusRuleWorks(byte[] reply, String why)
      throws Exception {
    try (var server = new RawServer((_, client) -> client.getOutputStream().write(reply))) {
      try (var stock = open(server, Optional.empty())) {
        assertThat(buy(stock))
            .isInstanceOfSatisfying(
                Outcome.Indeterminate.class,
                outcome ->
                    assertThat(outcome.error())
                        .startsWith("reply 201 matches no rule (")
                        .contains(why));
      }
      try (var stock = open(server, rules(Optional.empty(), "status=201", "status=409"))) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
      }
    }
  }

  @Test
  void theSameBodyUnderAnotherStatusIsAnotherReply() throws Exception {
    try (var server =
            new RawServer(
                (number, client) ->
                    RawServer.reply(
                        client, number % 2 == 1 ? "201 Yes" : "409 No", "text/plain", SOLD));
        var stock = open(server, rules(Optional.empty(), "status=201", "status=409"))) {
      for (var i = 0; i < 2; i++) {
        assertThat(buy(stock)).isInstanceOf(Outcome.Sold.class);
        assertThat(buy(stock)).isInstanceOf(Outcome.SoldOut.class);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void theStockPageMustAnswerOneDocumentToo() throws Exception {
    var left = new AtomicReference<>("{\"left\":1}{\"left\":2}");
    try (var server =
        new RawServer(
            (_, client) -> RawServer.reply(client, "200 OK", "application/json", left.get()))) {
      var url = HttpAddress.parse(server.url());
      var target = new HttpTarget(url, HttpTarget.Method.POST, List.of(), "");
      var page =
          StockPage.of(
              new HttpSale.HttpLeft(target.look(url), "/left", "check it"),
              Values.NONE,
              Duration.ofSeconds(20),
              System::nanoTime);
      assertThatThrownBy(page::left)
          .isInstanceOf(StockUnavailableException.class)
          .hasMessageContaining("/left (more than one JSON document)");
      left.set("{\"left\":1}");
      assertThat(page.left().get(Values.ONLY_ITEM)).isEqualTo(1);
    }
  }

  /** JSON can escape half a character, and no history can hold it. */
  @Test
  void whatAReplySaysCanBeWrittenToAFile() throws Exception {
    var detail = "{\"reason\":\"x\",\"detail\":\"a\\ud800b\"}";
    try (var server =
            new RawServer(
                (_, client) ->
                    RawServer.reply(client, "503 No", "application/problem+json", detail));
        var stock = open(server, Optional.empty())) {
      assertThat(buy(stock)).isEqualTo(new Outcome.Failed("refused with 503 a?b"));
    }
  }
}
