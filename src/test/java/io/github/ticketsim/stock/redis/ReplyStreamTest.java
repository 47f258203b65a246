package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Redis sends passes; what would make Jedis fail in its own way does not. */
class ReplyStreamTest {
  private static final String LINE = "x".repeat(ReplyStream.MOST_LINE_BYTES - 1);
  private static final String BULK = "x".repeat(ReplyStream.MOST_BYTES - 100);

  private static ReplyStream stream(String replies) {
    return new ReplyStream(
        new ByteArrayInputStream(expand(replies).getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String expand(String replies) {
    return replies.replace("|", "\r\n").replace("LINE", LINE).replace("BULK", BULK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK|-ERR no|:1|:-1|:0|",
        ":9223372036854775807|:-9223372036854775808|",
        "$-1|$0||$8|:no|+no|:2|",
        "*-1|*0|*2|:1|*2|$1|a|$-1|:2|",
        "%1|+a|:1|~1|:1|>2|+message|_|#t|,1.5e300|(99999999999999999999|=5|txt:x|!2|no|",
        "*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|:1|:2|",
        "+|-LINE|+LINE|:5|",
        "$16777116|BULK|$16777116|BULK|",
      })
  void soundRepliesPassAsTheyAre(String replies) throws IOException {
    try (var whole = stream(replies)) {
      assertThat(whole.readAllBytes())
          .asString(StandardCharsets.ISO_8859_1)
          .isEqualTo(expand(replies));
    }
    try (var single = stream("+a|:5|$1|b|")) {
      for (var next : expand("+a|:5|$1|b|").toCharArray()) {
        assertThat(single.read()).isEqualTo(next);
      }
      assertThat(single.read()).isNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":9223372036854775808|",
        ":-9223372036854775809|",
        ":99999999999999999999|",
        ":12x|",
        ":1-2|",
        "$-2|",
        "$16777217|",
        "$9223372036854775807|",
        "*-2|",
        "*1048577|",
        "*2147483647|",
        "*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|",
        "+LINExx|",
        "*2|$16777116|BULK|$16777116|BULK|",
        "HTTP/1.1 400 Bad Request|",
        "\0\1\2|",
        ":+5|",
        ":|",
        ":-|",
        "$||",
        "*|",
        ":12\n:5|",
        ":12\r:5|",
        "+OK\n$16000000|*2147483647|",
        "+OK\r$3|",
      })
  void allElseEndsTheConnection(String replies) {
    try (var stream = stream(":1|" + replies)) {
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(StreamCorruptedException.class)
          .hasMessageStartingWith("Redis does not send such replies: ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
