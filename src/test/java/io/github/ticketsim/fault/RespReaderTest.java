package io.github.ticketsim.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

  private static RespReader reader(String stream) {
    return new RespReader(new ByteArrayInputStream(stream.getBytes(ISO_8859_1)));
  }

  private static String next(RespReader reader) throws IOException {
    return new String(reader.next(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "-ERR no\r\n",
        ":-1000\r\n",
        "$5\r\na\r\nbc\r\n",
        "$0\r\n\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n$4\r\nDECR\r\n$1\r\nk\r\n",
        "*3\r\n:1\r\n*2\r\n+a\r\n$-1\r\n$1\r\n\u0000\r\n"
      })
  void cutsOffOneValueAndLeavesTheNext(String value) throws IOException {
    var reader = reader(value + ":7\r\n");
    assertThat(next(reader)).isEqualTo(value);
    assertThat(next(reader)).isEqualTo(":7\r\n");
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader::next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+OK", "$5\r\nabc", "*2\r\n:1\r\n", "*1"})
  void anUnfinishedValueIsTheEnd(String stream) {
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader(stream)::next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DECR k\r\n", "$x\r\n", "*99999999\r\n", "$99999999999\r\n"})
  void refusesWhatIsNoRespOrTooMuchOfIt(String stream) {
    assertThatExceptionOfType(StreamCorruptedException.class).isThrownBy(reader(stream)::next);
  }

  @Test
  void refusesArraysWithinArraysWithoutEnd() {
    assertThatExceptionOfType(StreamCorruptedException.class)
        .isThrownBy(reader("*1\r\n".repeat(100))::next);
  }

  @Test
  void tellsTheNameOfACommand() throws IOException {
    assertThat(RespReader.name(reader("*2\r\n$4\r\ndecr\r\n$1\r\nk\r\n").next())).isEqualTo("DECR");
    assertThat(RespReader.name(reader("*0\r\n").next())).isEmpty();
  }
}
