package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ticketsim.ledger.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderListTest {
  private static final String ONE = "{\"id\":\"a\",\"who\":{\"no\":7},\"n\":2}";
  private static final String TWO =
      "{\"id\":18,\"tags\":[1,{\"id\":\"x\"}],\"who\":{\"no\":\"8\"},\"n\":1}";

  private static List<Order> read(String body, String type, @Nullable String each)
      throws IOException {
    return OrderList.read(
        body.getBytes(StandardCharsets.UTF_8),
        type,
        new OrderFields(
            Optional.ofNullable(each),
            "/id",
            Optional.of("/who/no"),
            Optional.empty(),
            Optional.of("/n")));
  }

  private static Order order(String id, String customer, int quantity) {
    return new Order(id, Optional.of(customer), Optional.empty(), OptionalInt.of(quantity));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "[ONE,TWO] | -",
        "ONE TWO | -",
        "{\"orders\":[ONE,TWO],\"more\":[ONE]} | /orders",
        "{\"n\":1,\"data\":{\"list\":[ONE, TWO]}} | /data/list",
      })
  void readsJsonOfAllShapes(String body, String each) throws Exception {
    assertThat(read(body.replace("ONE", ONE).replace("TWO", TWO), "application/json", each))
        .containsExactly(order("a", "7", 2), order("18", "8", 1));
  }

  @Test
  void readsCsv() throws Exception {
    var fields =
        new OrderFields(
            Optional.empty(), "/id", Optional.of("who"), Optional.of("seat"), Optional.empty());
    var body = "id,who,seat\r\n17,42,\"A, 1\"\r\n18,43,B\r\n".getBytes(StandardCharsets.UTF_8);
    for (var type : List.of("text/csv", "text/plain")) {
      assertThat(OrderList.read(body, type, fields))
          .containsExactly(
              new Order("17", Optional.of("42"), Optional.of("A, 1"), OptionalInt.empty()),
              new Order("18", Optional.of("43"), Optional.of("B"), OptionalInt.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "[ ]"})
  void aShopMayHaveSoldNothing(String body) throws Exception {
    assertThat(read(body, "application/json", null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"orders\":[ONE | /orders | no whole JSON",
        "{\"order\":[ONE]} | /orders | no array at /orders",
        "[{\"who\":{\"no\":1},\"n\":1}] | '' | order 1 has nothing at /id",
        "[ONE,{\"id\":1,\"who\":{\"no\":1},\"n\":0}] | '' | order 2 has quantity 0",
      })
  void saysWhatIsWrong(String body, String each, String words) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> read(body.replace("ONE", ONE), "application/json", each.isEmpty() ? null : each))
        .withMessageContaining(words);
  }
}
