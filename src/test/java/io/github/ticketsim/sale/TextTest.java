package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextTest {
  private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final PurchaseRequest PURCHASE = new PurchaseRequest(ID, 1_234, 10, 1, 1, 3);
  private static final Values VALUES =
      new Values(
          List.of("A", "\u00fc/B"),
          100,
          Map.of("data.name", List.of("x", "a \"b\"/\u00fc&+")),
          Map.of());

  private static Text text(String template, Place place) {
    return new Text.Builder(VALUES).template(Template.parse(template), place).build();
  }

  private static String written(Text text) {
    var bytes = new byte[text.length(PURCHASE, "o/1") + 2];
    assertThat(text.write(PURCHASE, "o/1", bytes, 1)).isEqualTo(bytes.length - 1);
    return new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{buyer}}-{{customer}}-{{quantity}}-{{attempt}}-{{stock}} | 1234-1-3-10-100",
        "{{ purchase }} | 01890a5d-ac96-774b-bcce-b302099a8057",
        "{\"a\":{\"b\":{{buyer}}}} | {\"a\":{\"b\":1234}}",
        "{{{{item}}}} | {{\u00fc/B}}",
        "{}{{ }}{{buyer} | {}{{ }}{{buyer}",
      })
  void replacesValues(String template, String expected) {
    assertThat(written(text(template, Place.TEXT))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JSON | a \\\"b\\\"/\u00fc&+",
        "URL | a%20%22b%22%2F%C3%BC%26%2B",
        "FORM | a+%22b%22%2F%C3%BC%26%2B",
        "TEXT | a \"b\"/\u00fc&+",
        "HEADER | a \"b\"/\u00fc&+",
      })
  void escapesValuesAndNothingElse(Place place, String expected) {
    assertThat(written(text("\"{{data.name}}\"/", place))).isEqualTo("\"" + expected + "\"/");
  }

  @Test
  void escapesTheOrderToo() {
    assertThat(written(text("/orders/{{order}}", Place.URL))).isEqualTo("/orders/o%2F1");
  }

  @Test
  void aHeaderHoldsNoLineBreak() {
    var values = VALUES.with(Map.of("token", List.of("good", "bad\r\nX: 1")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Text.Builder(values).template(Template.parse("{{token}}"), Place.HEADER))
        .withMessageContaining("{{token}} of row 1 has a line break")
        .withMessageNotContaining("bad");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void whatNeverDiffersIsFixed(Place place) {
    assertThat(text("a{{stock}}b", place).fixed()).isTrue();
    assertThat(text("a{{attempt}}b", place).fixed()).isFalse();
    assertThat(text("a{{attempt}}b", place).sameForAllBuyers()).isTrue();
    assertThat(text("a{{customer}}b", place).sameForAllBuyers()).isFalse();
    assertThat(text("a{{purchase}}b", place).sameForAllBuyers()).isFalse();
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Template.parse("{{custmer}}").requireKnown(Values.ofPurchase(List.of("data.name"))))
        .withMessage(
            "{{custmer}} is no known value; known are {{buyer}}, {{customer}}, {{item}},"
                + " {{quantity}}, {{purchase}}, {{attempt}}, {{stock}}, {{data.name}}; did you mean"
                + " {{customer}}?");
  }
}
