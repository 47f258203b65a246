package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands in one line, as redis-cli reads them. */
class CommandTextTest {

  private static List<Template> words(String... words) {
    return List.of(words).stream().map(Template::parse).toList();
  }

  @Test
  void wordsHaveBlanksBetween() {
    assertThat(CommandText.words("  SET  a\n1 ")).isEqualTo(words("SET", "a", "1"));
  }

  @Test
  void aQuotedWordMayHaveBlanks() {
    assertThat(CommandText.words("SET \"a \\\"b\\\"\\n\" 'c \\'d\\\\' \"\""))
        .isEqualTo(words("SET", "a \"b\"\n", "c 'd\\", ""));
  }

  @Test
  void aValueIsPartOfOneWord() {
    assertThat(CommandText.words("GET stock:{{ item }}:x"))
        .isEqualTo(words("GET", "stock:{{ item }}:x"));
  }

  @Test
  void aQuoteEnds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandText.words("GET 'a"))
        .withMessage("a quote ' does not end in 'GET 'a'");
    assertThatIllegalArgumentException().isThrownBy(() -> CommandText.words(" "));
  }
}
