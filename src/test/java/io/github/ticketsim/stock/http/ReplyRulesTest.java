package io.github.ticketsim.stock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.stock.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyRulesTest {

  private static Outcome outcome(ReplyRules rules, int status, String body) {
    return rules.outcome(
        HttpReply.of(
            status, "application/json", Body.of(body.getBytes(StandardCharsets.UTF_8), "")));
  }

  private static boolean holds(String rule, String body) {
    var rules = HttpStockTest.rules(Optional.empty(), rule, "status=599");
    return outcome(rules, 409, body) instanceof Outcome.Sold;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=409 | {} | true",
        "status=409 && /error=sold-out | {\"error\":\"sold-out\"} | true",
        "status=409&&/error=sold-out | {\"error\":\"sold-out\"} | true",
        "status=409 && /error=sold-out | {\"error\":\"mine\"} | false",
        "status=410 && /error=sold-out | {\"error\":\"sold-out\"} | false",
        "/a=1 && /b/0=x && status=409 | {\"a\":1,\"b\":[\"x\"]} | true",
        "/result= | {\"result\":\"\"} | true",
        "/result= | {\"result\":null} | false",
        "/result= | {\"result\":\"x\"} | false",
        "/result= | {} | false",
        "/result=null | {\"result\":null} | true",
        "/a=b=c | {\"a\":\"b=c\"} | true",
      })
  void aRuleHoldsWhereAllItsConditionsDo(String rule, String body, boolean expected) {
    assertThat(holds(rule, body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&&",
        "status=409 &&",
        "status=99",
        "status=abc",
        "status = 409",
        "/result",
        "result=true",
        "status=409 & /a=1",
        "status=409 && status=410",
        "/a=1 && /a=2"
      })
  void refusesARuleThatIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplyRule.parse(text))
        .withMessageContaining(text.contains("&&") ? "" : "'" + text + "'");
  }

  @Test
  void aReplyThatMatchesTwoOutcomesIsIndeterminate() {
    var rules =
        HttpStockTest.rules(
            Optional.empty(), "status=200", "/result=false", "/error=busy", "status=503");
    assertThat(outcome(rules, 200, "{\"result\":false}"))
        .isEqualTo(
            new Outcome.Indeterminate(
                "reply 200 matches --sold-if and --sold-out-if: {\"result\":false}"));
    assertThat(outcome(rules, 200, "{\"error\":\"busy\"}"))
        .isEqualTo(
            new Outcome.Indeterminate(
                "reply 200 matches --sold-if and --failed-if: {\"error\":\"busy\"}"));
    assertThat(outcome(rules, 503, "{\"error\":\"busy\"}")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void a429HasFailedUnlessARuleNamesIt() {
    var usual = HttpStockTest.rules(Optional.empty(), "/result=true", "/result=false");
    assertThat(outcome(usual, 429, "{\"result\":false}"))
        .isEqualTo(new Outcome.Failed("refused with 429, too many requests: nothing was executed"));
    var own = HttpStockTest.rules(Optional.empty(), "status=200", "status=429", "status=503");
    assertThat(outcome(own, 429, "")).isInstanceOf(Outcome.SoldOut.class);
    assertThat(outcome(usual, 428, "")).isInstanceOf(Outcome.Indeterminate.class);
  }

  @Test
  void aReplyThatMatchesNoRuleIsQuotedInOneLine() {
    var usual = HttpStockTest.rules(Optional.empty(), "/result=true", "/result=false");
    assertThat(outcome(usual, 202, "{\"accepted\":\n  true}"))
        .isEqualTo(new Outcome.Indeterminate("reply 202 matches no rule: {\"accepted\": true}"));
    assertThat(outcome(usual, 404, "\u00e4".repeat(1_000)))
        .isEqualTo(
            new Outcome.Indeterminate(
                "reply 404 matches no rule (no whole JSON document): "
                    + "\u00e4".repeat(80)
                    + "..."));
    assertThat(outcome(usual, 204, ""))
        .isEqualTo(new Outcome.Indeterminate("reply 204 matches no rule"));
  }
}
