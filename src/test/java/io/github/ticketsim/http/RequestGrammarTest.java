package io.github.ticketsim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and that it does not matter in which pieces it comes. */
class RequestGrammarTest {
  static final String HEAD = "POST /buy HTTP/1.1\r\nHost: localhost\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

  /**
   * @param status what it gets
   */
  record Malformed(int status, String request) {}

  static Stream<Malformed> malformed() {
    return Stream.of(
        // The first line.
        new Malformed(400, "GARBAGE\r\n\r\n"),
        new Malformed(400, "\r\n" + HEAD + "\r\n"),
        new Malformed(400, " " + HEAD + "\r\n"),
        new Malformed(400, "POST /buy\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST  /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy x HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST\t/buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy HTTP/1.1 \r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy http/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy#x HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy\u00ff HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST http://localhost/buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "PO\u00ffST /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "PO(ST /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, "\u0016\u0003\u0001\u0002\u0000"),
        new Malformed(501, "post /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(501, "Post /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(501, "PoST /buy HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        new Malformed(505, "POST /buy HTTP/1.0\r\nHost: localhost\r\n\r\n"),
        new Malformed(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        // Ends of lines.
        new Malformed(400, "POST /buy HTTP/1.1\nHost: localhost\r\n\r\n"),
        new Malformed(400, "POST /buy HTTP/1.1\r\nHost: localhost\n\r\n"),
        new Malformed(400, HEAD + "\n"),
        new Malformed(400, HEAD + "A: b\rc\r\n\r\n"),
        new Malformed(400, HEAD + "A: b\r\r\n\r\n"),
        // Headers.
        new Malformed(400, HEAD + "A: b\r\n c\r\n\r\n"),
        new Malformed(400, HEAD + "A: b\r\n\tc\r\n\r\n"),
        new Malformed(400, "POST /buy HTTP/1.1\r\n A: b\r\nHost: localhost\r\n\r\n"),
        new Malformed(400, HEAD + "A : b\r\n\r\n"),
        new Malformed(400, HEAD + "A\t: b\r\n\r\n"),
        new Malformed(400, HEAD + ": b\r\n\r\n"),
        new Malformed(400, HEAD + "no colon\r\n\r\n"),
        new Malformed(400, HEAD + "A(b): c\r\n\r\n"),
        new Malformed(400, HEAD + "\u00e4: c\r\n\r\n"),
        new Malformed(400, HEAD + "A: b\u0000c\r\n\r\n"),
        new Malformed(400, HEAD + "A: b\u007fc\r\n\r\n"),
        new Malformed(400, HEAD + "Content-Length : 3\r\n\r\nabc"),
        // Host.
        new Malformed(400, "POST /buy HTTP/1.1\r\n\r\n"),
        new Malformed(400, HEAD + "Host: localhost\r\n\r\n"),
        new Malformed(400, HEAD + "host: elsewhere\r\n\r\n"),
        // Where the body ends.
        new Malformed(400, HEAD + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: 3, 3\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: +3\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: -1\r\n\r\n"),
        new Malformed(400, HEAD + "Content-Length: 0x3\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: 3 3\r\n\r\nabc"),
        new Malformed(400, HEAD + "Content-Length: 9999999999999999999\r\n\r\n"),
        new Malformed(400, HEAD + "Content-Length:\r\n\r\n"),
        new Malformed(
            400, HEAD + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        new Malformed(
            400, HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
        new Malformed(
            400, HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        new Malformed(400, HEAD + "Transfer-Encoding: chunked, identity\r\n\r\n"),
        new Malformed(400, HEAD + "Transfer-Encoding: identity\r\n\r\n"),
        new Malformed(400, HEAD + "Transfer-Encoding:\r\n\r\n"),
        new Malformed(501, HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        new Malformed(400, HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "x\r\n"),
        new Malformed(400, CHUNKED + "+3\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "-3\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "0x3\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + " 3\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3 \r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "\r\n"),
        new Malformed(400, CHUNKED + "100000003\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3;a=b\r\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3\nabc\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3\r\nabc0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3\r\nabcd\r\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "3\r\nabc\n0\r\n\r\n"),
        new Malformed(400, CHUNKED + "0\r\nA: b\r\n\r\n"),
        new Malformed(400, CHUNKED + "0\r\n\n"),
        // Expectations.
        new Malformed(417, HEAD + "Expect: 200-ok\r\n\r\n"),
        new Malformed(417, HEAD + "Expect: 100-continue, 200-ok\r\n\r\n"));
  }

  static Stream<String> wellFormed() {
    return Stream.of(
        HEAD + "\r\n",
        HEAD.replace("Host: ", "host:") + "\r\n",
        HEAD + "A:\r\nB: \t c d \u00ff\t\r\n\r\n",
        HEAD + "X-" + "x".repeat(300) + ": y\r\n\r\n",
        HEAD + "Content-Length: 0\r\n\r\n",
        HEAD + "content-length:3 \r\n\r\n\r\n\u0000",
        HEAD + "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\nabc",
        HEAD + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + "3\r\nabc\r\n0a\r\n0123456789\r\n000\r\n\r\n",
        "GET /records?limit=%31 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How many bytes are taken one at a time. */
  private static int acceptEach(RequestGrammar grammar, byte[] bytes) {
    var taken = 0;
    for (var each : bytes) {
      taken += grammar.accept(new byte[] {each});
    }
    return taken;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsMalformed(Malformed malformed) {
    var bytes = bytes(HEAD + "\r\n" + malformed.request());
    var whole = new RequestGrammar();
    var taken = whole.accept(bytes);
    assertThat(taken).isGreaterThanOrEqualTo(HEAD.length() + 2).isLessThan(bytes.length);
    assertThat(whole.violation().orElseThrow().status().code()).isEqualTo(malformed.status());
    var pieces = new RequestGrammar();
    assertThat(acceptEach(pieces, bytes)).isEqualTo(taken);
    assertThat(pieces.violation()).isEqualTo(whole.violation());
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void takesWhatIsWellFormedAndKnowsItsEnd(String request) {
    var bytes = bytes(request);
    var whole = new RequestGrammar();
    assertThat(whole.accept(bytes(request + request))).isEqualTo(2 * bytes.length);
    assertThat(whole.isBetweenRequests()).isTrue();
    var pieces = new RequestGrammar();
    for (var i = 0; i < bytes.length; i++) {
      assertThat(pieces.isBetweenRequests()).isEqualTo(i == 0);
      assertThat(pieces.accept(new byte[] {bytes[i]})).isEqualTo(1);
    }
    assertThat(pieces.isBetweenRequests()).isTrue();
  }
}
