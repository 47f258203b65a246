package io.github.ticketsim.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.stock.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What format 2 adds: customers, items, quantities, keys and orders. */
class HistoryFormat2Test extends HistoryLinesFixture {
  private static final Line RUN2 =
      RUN.with("format", "2").with("limit", "3").with("items", "{'A':600,'B':400}");
  private static final Line BUY2 =
      BUY.with("customer", "'42'")
          .with("item", "'A'")
          .with("quantity", "2")
          .with("key", "'k'")
          .with("order", "'o-17'");
  private static final Line ORDER =
      Line.of("type", "'order'")
          .with("order", "'o-17'")
          .with("customer", "42")
          .with("item", "'A'")
          .with("quantity", "2");
  private static final Line END2 = END.with("left", "{'A':598,'B':400}").with("orders", "1");

  @Test
  void readsWhatFormat2Adds() throws Exception {
    write(RUN2, BUY2, ORDER, END2);
    var history = HistoryFile.read(file);
    assertThat(history.run().terms().limit()).hasValue(3);
    assertThat(history.run().terms().items())
        .containsExactly(Map.entry("A", 600L), Map.entry("B", 400L));
    assertThat(history.attempts().get(0).particulars())
        .isEqualTo(
            new Particulars(
                Optional.of("42"), Optional.of("A"), 2, Optional.of("k"), Optional.of("o-17")));
    assertThat(history.orders())
        .containsExactly(new Order("o-17", Optional.of("42"), Optional.of("A"), OptionalInt.of(2)));
    assertThat(history.ending().leftByItem()).isEqualTo(Map.of("A", 598L, "B", 400L));
    assertThat(history.ending().settlement().left()).hasValue(998);
    assertThat(history.ending().orders()).hasValue(1);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    write(
        RUN2,
        BUY2,
        BUY.with("outcome", "'limited'").without("value").with("item", "'B'"),
        ORDER,
        END2);
    var history = HistoryFile.read(file);
    HistoryFile.write(history, file);
    var again = HistoryFile.read(file);
    assertThat(again.run()).isEqualTo(history.run());
    assertThat(again.attempts().get(0)).isEqualTo(history.attempts().get(0));
    assertThat(again.attempts().get(1)).isEqualTo(history.attempts().get(1));
    assertThat(again.attempts().get(1).outcome())
        .isEqualTo(new Outcome.Limited(OptionalLong.empty()));
    assertThat(again.orders()).isEqualTo(history.orders());
    assertThat(again.ending()).isEqualTo(history.ending());
  }

  @Test
  void writesFormat1IfItSaysAll() throws Exception {
    write(RUN.with("format", "2"), BUY, END);
    HistoryFile.write(HistoryFile.read(file), file);
    assertThat(Files.readString(file)).startsWith("{\"type\":\"run\",\"format\":1,");
  }

  @Test
  void format1MeansWhatItMeant() throws Exception {
    write(
        RUN.with("limit", "'none'").with("items", "7"),
        BUY.with("customer", "{}").with("quantity", "0"),
        END);
    assertThat(HistoryFile.read(file).plain()).isTrue();
    write(RUN, BUY.with("outcome", "'limited'"), END);
    assertRefused(2, "outcome is 'limited'", "one of sold, sold_out, failed, indeterminate");
    write(RUN, ORDER, END);
    assertRefused(2, "an order line in format 1");
  }

  @Test
  void anItemOfWhichNothingWasReadLeavesTheSumOpen() throws Exception {
    write(RUN2, BUY2, ORDER, END2.with("left", "{'A':598,'B':null}"));
    var ending = HistoryFile.read(file).ending();
    assertThat(ending.leftByItem()).isEqualTo(Map.of("A", 598L));
    assertThat(ending.settlement().left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit | 0 | how many tickets a customer may have",
        "limit | true | a whole number",
        "items | [1] | an object of whole numbers",
        "items | {'A':'x'} | a whole number",
        "items | {'A':600,'B':399} | adds up to 999"
      })
  void refusesARunLineThatMakesNoSense(String name, String json, String expected)
      throws IOException {
    write(RUN2.with(name, json), END2);
    assertRefused(1, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "customer, true, a string",
    "item, 7, one of the 2 of the run line",
    "item, null, item is missing",
    "quantity, 0, at least 1",
    "quantity, 1.5, a whole number",
    "key, [], a string",
    "order, {}, a string"
  })
  void refusesAnAttemptThatMakesNoSense(String name, String json, String expected)
      throws IOException {
    write(RUN2, BUY2.with(name, json), END2);
    assertRefused(2, expected);
  }

  @Test
  void refusesAnEndThatDoesNotFit() throws IOException {
    write(RUN2, BUY2, ORDER, END2.with("orders", "2"));
    assertRefused(4, "orders is 2, but there are 1 order lines");
    write(RUN2, BUY2, ORDER, END2.with("left", "{'C':1}"));
    assertRefused(4, "left is that of item 'C'");
    write(RUN2, BUY2, ORDER.without("order"), END2);
    assertRefused(3, "order is missing");
  }
}
