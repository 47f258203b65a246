package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Particulars;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.UnclearReply;
import io.github.ticketsim.verify.UnclearReplies.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnclearRepliesTest {
  private final List<Outcome> outcomes = new ArrayList<>();

  private void add(int times, Outcome outcome) {
    for (var i = 0; i < times; i++) {
      outcomes.add(outcome);
    }
  }

  private static Outcome unmatched(int status, String body) {
    return new Outcome.Indeterminate(
        new UnclearReply(status, List.of(), Optional.empty(), body).words());
  }

  private History history() {
    var history = Histories.tally(1);
    for (var i = 0; i < outcomes.size(); i++) {
      history =
          history.add(
              new Attempt(
                  new UUID(0, i),
                  0,
                  i,
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  i,
                  outcomes.get(i).kind() == Outcome.Kind.INDETERMINATE
                      ? OptionalLong.empty()
                      : OptionalLong.of(i + 10),
                  outcomes.get(i),
                  Particulars.NONE));
    }
    return history.left(0).build();
  }

  private String advice() {
    return UnclearReplies.of(history().attempts()).advice(Notation.OPTIONS).orElse("none");
  }

  @Test
  void namesTheRuleThatWouldMatchAReplyOfRedis() {
    add(9, unmatched(0, "0"));
    add(5, unmatched(0, "1"));
    add(2, unmatched(0, "(error) NOSTOCK of item 3"));
    add(1, unmatched(0, "(error) NOSTOCK of item 7"));
    assertThat(advice())
        .isEqualTo(
            "more than half of the replies (17 of 17) match no rule: 9 times 0 (--sold-if 'reply=0'"
                + " would match), 5 times 1 (--sold-if 'reply=1' would match), 3 times (error)"
                + " NOSTOCK of item 3 (--failed-if 'error=NOSTOCK' would match, if nothing was"
                + " executed then); say with rules what they mean");
  }

  @Test
  void namesTheKeyOfASaleFileIfThatIsWhatTheUserHas() {
    add(9, unmatched(202, ""));
    add(5, unmatched(409, "{\"error\":\"mine\"}"));
    add(2, unmatched(0, "(error) NOSTOCK of item 3"));
    assertThat(UnclearReplies.of(history().attempts()).advice(Notation.FILE).orElseThrow())
        .contains(
            "202 without a body (sold: { status: 202 } would match)",
            "(sold_out: { status: 409, /error: mine } would match, or one for limited",
            "(failed: { error: NOSTOCK } would match, if nothing was executed then)")
        .doesNotContain("--");
  }

  @Test
  void namesTheThreeCommonestRepliesAndTheRulesThatWouldMatch() {
    add(1, new Outcome.Sold(OptionalLong.empty()));
    add(300, unmatched(202, "{\"accepted\":true}"));
    add(100, unmatched(409, "{\"error\":\"mine\"}"));
    add(50, unmatched(409, "{\"at\":17,\"error\":\"sold-out\"}"));
    add(2, unmatched(404, ""));
    add(40, new Outcome.Indeterminate("no whole reply within 2,000 ms"));
    assertThat(advice())
        .isEqualTo(
            "more than half of the replies (452 of 453) match no rule: 300 times 202"
                + " {\"accepted\":true} (--sold-if status=202 would match), 100 times 409"
                + " {\"error\":\"mine\"} (--sold-out-if 'status=409 && /error=mine' would match, or"
                + " one for limited if it is about the customer), 50 times 409"
                + " {\"at\":17,\"error\":\"sold-out\"} (--sold-out-if 'status=409 &&"
                + " /error=sold-out' would match, or one for limited if it is about the customer);"
                + " say with rules what they mean");
    var verdict = Verifier.verify(history());
    assertThat(verdict.result()).isEqualTo(Judgement.Result.UNKNOWN);
    assertThat(verdict.advice().stream().map(Advice::text))
        .contains(advice())
        .noneMatch(line -> line.contains("--timeout"));
  }

  @Test
  void hintsAtTheCommonestAloneWhereMostRepliesMatch() {
    add(10, new Outcome.SoldOut(OptionalLong.empty()));
    add(10, new Outcome.Failed("refused with 429, too many requests: nothing was executed"));
    add(2, unmatched(202, "x"));
    add(1, unmatched(404, ""));
    assertThat(advice())
        .isEqualTo(
            "some of the replies (3 of 23) match no rule: 2 times 202 x (--sold-if status=202"
                + " would match); say with rules what they mean");
  }

  @Test
  void repliesThatDifferInNumbersAreOfOneKind() {
    for (var i = 0; i < 50; i++) {
      add(1, unmatched(202, "{\"order\":" + i + ",\"id\":\"7f3e-" + i + "\"}"));
    }
    add(3, unmatched(202, "{\"order\":7}"));
    assertThat(advice()).contains("50 times 202 {\"order\":0,", "3 times 202 {\"order\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"success\":false} | (--sold-out-if 'status=200 && /success=false' would match)",
        "200 | {\"a\":{\"b\":true}} | (--sold-if status=200 would match)",
        "409 | {\"error\":\"mine\"} | (--sold-out-if 'status=409 && /error=mine' would match, or"
            + " one for limited if",
        "302 | | (a redirect, aim the target at where it leads)",
        "500 | x | (--failed-if status=500 would match, if nothing was executed then)",
      })
  void namesTheRuleByStatusAndBody(int status, String body, String cure) {
    add(1, unmatched(status, body == null ? "" : body));
    assertThat(advice()).contains(cure);
  }

  @Test
  void quotesAReplyThatMatchesTwoOutcomes() {
    add(
        3,
        new Outcome.Indeterminate(
            new UnclearReply(
                    200, List.of("--sold-if", "--sold-out-if"), Optional.empty(), "{\"a\":1}")
                .words()));
    assertThat(UnclearReplies.of(history().attempts()).conflict().orElseThrow())
        .startsWith("3 of 3 replies match two outcomes")
        .contains("reply 200 matches --sold-if and --sold-out-if: {\"a\":1}; ");
    assertThat(advice()).isEqualTo("none");
  }
}
