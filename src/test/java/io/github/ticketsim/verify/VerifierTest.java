package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Judgement.SoldBounds;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void passesEveryCheckOfALegalSale() {
    var verdict =
        judge(Histories.counter(2).sold(1, 5, 1).sold(2, 6, 0).refused(3, 7, -1).left(-1));
    assertThat(verdict.result()).isEqualTo(Result.VALID);
    assertThat(verdict.advice()).isEmpty();
    assertThat(verdict.checks())
        .allMatch(check -> check.status() == Status.PASS)
        .extracting(Check::name)
        .containsExactlyElementsOf(EnumSet.range(Name.OVERSELL, Name.UNIQUE_ID));
  }

  @Test
  void exercisesNoRealTimeOrderWhereAttemptsFollowEachOther() {
    var verdict = judge(Histories.counter(1).sold(1, 2, 0).refused(3, 4, -1).left(-1));
    assertThat(check(verdict, Name.REAL_TIME_ORDER).status()).isEqualTo(Status.NOT_EXERCISED);
    assertThat(verdict.result()).isEqualTo(Result.VALID);
  }

  @Test
  void takesAttemptsThatTouchAsOverlapping() {
    var verdict = judge(Histories.counter(1).sold(1, 3, 0).refused(3, 4, -1).left(-1));
    assertThat(check(verdict, Name.REAL_TIME_ORDER).status()).isEqualTo(Status.PASS);
  }

  @Test
  void takesAnIndeterminateAttemptAsUnderWayForEver() {
    var history =
        Histories.counter(1)
            .add(
                Histories.attempt(
                    0, 1, OptionalLong.of(2), new Outcome.Indeterminate("read timed out")))
            .sold(5, 6, 0)
            .refused(8, 9, -1)
            .left(-1);
    assertThat(check(judge(history), Name.REAL_TIME_ORDER).status()).isEqualTo(Status.PASS);
  }

  @Test
  void takesAFailedAttemptAsOneThatNeverWas() {
    var history = Histories.counter(1).failed(1, 9).sold(2, 3, 0).refused(4, 5, -1).left(-1);
    assertThat(check(judge(history), Name.REAL_TIME_ORDER).status())
        .isEqualTo(Status.NOT_EXERCISED);
  }

  @Test
  void exercisesNothingThatNeedsARefusalWhereNobodyWasRefused() {
    var verdict = judge(Histories.counter(2).sold(1, 5, 1).left(1));
    assertThat(check(verdict, Name.UNDERSELL).status()).isEqualTo(Status.NOT_EXERCISED);
    assertThat(check(verdict, Name.FALSE_SOLD_OUT).status()).isEqualTo(Status.NOT_EXERCISED);
  }

  @Test
  void advisesMoreDemandWhereItNeverExceededTheStock() {
    var verdict = judge(Histories.counter(2).sold(1, 5, 1).sold(2, 6, 0).left(0));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice())
        .singleElement()
        .extracting(Advice::text)
        .asString()
        .contains("--threads", "--stock");
    assertThat(check(verdict, Name.OVERSELL).status()).isEqualTo(Status.NOT_EXERCISED);
  }

  @Test
  void advisesALongerTimeoutWhereTooManyRepliesAreMissing() {
    var verdict =
        judge(Histories.counter(2).sold(1, 5, 1).indeterminate(2).indeterminate(3).left(-1));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice())
        .singleElement()
        .extracting(Advice::text)
        .asString()
        .contains("--timeout");
  }

  @Test
  void advisesStockWhereNothingWasSold() {
    var verdict = judge(Histories.counter(0).refused(1, 5, -1).left(-1));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice())
        .singleElement()
        .extracting(Advice::text)
        .asString()
        .contains("--stock");
  }

  @Test
  void saysWhyTheCounterCouldNotBeRead() {
    var verdict =
        judge(
            Histories.counter(1)
                .sold(1, 5, 0)
                .refused(2, 6, -1)
                .ended(Settlement.unsettled(OptionalLong.of(-1), "Redis is gone")));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice())
        .singleElement()
        .extracting(Advice::text)
        .asString()
        .contains("Redis is gone");
    assertThat(check(verdict, Name.CONSERVATION).detail()).isEqualTo("Redis is gone");
  }

  @Test
  void leavesOpenWhatIndeterminateAttemptsTook() {
    var history = Histories.counter(5).sold(1, 5, 4).indeterminate(2).indeterminate(3);
    assertThat(judge(history).sold()).isEqualTo(new SoldBounds(1, 3));
    assertThat(judge(history.left(3)).sold()).isEqualTo(new SoldBounds(2, 2));
  }

  @Test
  void saysWhatWasConfirmedOfAnOversoldTally() {
    var history = Histories.tally(100);
    for (var i = 0; i < 104; i++) {
      history.sold(1, 2);
    }
    var unread = judge(history);
    assertThat(unread.sold()).isEqualTo(new SoldBounds(104, 104));
    assertThat(failures(unread)).containsExactly(Name.OVERSELL);
    var read = judge(history.left(-4));
    assertThat(read.sold()).isEqualTo(new SoldBounds(104, 104));
    assertThat(failures(read)).containsExactly(Name.OVERSELL);
    assertThat(check(read, Name.CONSERVATION).detail())
        .isEqualTo("100 at the start, -4 at the end: 104 taken, all accounted for");
    assertThat(judge(history.indeterminate(1).left(-4)).sold()).isEqualTo(new SoldBounds(104, 105));
  }

  @Test
  void callsDriftOnlyWhatAttemptsOfUnknownFateTook() {
    var sold = Histories.tally(1).sold(1, 2).refused(1, 2);
    assertThat(conservation(sold.indeterminate(1).indeterminate(1).left(-1)))
        .endsWith(
            "accounted for; a drift of 1, taken by an attempt of unknown fate and not put back");
    assertThat(conservation(sold.left(-2)))
        .endsWith(
            "accounted for; a drift of 2, taken by attempts of unknown fate and not put back");
    assertThat(conservation(sold.sold(1, 2).left(-2)))
        .endsWith(
            "accounted for; a drift of 1, taken by an attempt of unknown fate and not put back");
    assertThat(conservation(sold.left(0))).startsWith("the counter went from 1 to 0");
    assertThat(conservation(Histories.tally(2).sold(1, 2).left(1))).endsWith("all accounted for");
  }

  private static String conservation(Histories history) {
    return check(judge(history), Name.CONSERVATION).detail();
  }

  @Test
  void countsWhatASoldOutTallyImplies() {
    var history = Histories.tally(2).sold(1, 5).indeterminate(2).indeterminate(3).refused(4, 6);
    assertThat(judge(history).sold()).isEqualTo(new SoldBounds(2, 2));
  }

  @Test
  void takesTheValueOfABoundedRefusalForWhatItFound() {
    var found = judge(Histories.bounded(1).sold(1, 5, 0).refused(2, 6, 0).refused(3, 7, 0).left(0));
    assertThat(found.result()).isEqualTo(Result.VALID);
    assertThat(check(found, Name.DUPLICATE_TICKET).detail()).isEqualTo("1 reply");

    var history = Histories.bounded(2).sold(1, 5, 1).sold(1, 5, 0).refused(2, 6, 1);
    assertThat(failures(judge(history.left(0)))).containsExactly(Name.FALSE_SOLD_OUT);
    var never = Histories.bounded(1).sold(1, 5, 0).refused(2, 6, 2).left(0);
    assertThat(failures(judge(never))).containsExactly(Name.FALSE_SOLD_OUT, Name.CONSERVATION);
    var below = Histories.bounded(1).sold(1, 5, 0).refused(2, 6, -1).left(0);
    assertThat(failures(judge(below))).containsExactly(Name.CONSERVATION);
  }

  @Test
  void findsNothingUndersoldWhereOnlyRefusalsAreUnaccountedFor() {
    var history =
        Histories.counter(2).sold(1, 5, 1).indeterminate(2).refused(3, 7, -1).refused(4, 8, -3);
    var verdict = judge(history.left(-3));
    assertThat(failures(verdict)).containsExactly(Name.CONSERVATION);
    assertThat(check(verdict, Name.CONSERVATION).detail()).startsWith("2 were taken");
  }

  @Test
  void findsNoFalseSoldOutInALostReplyThatWasARefusalItself() {
    var history = Histories.counter(1).sold(1, 5, 0).refused(2, 6, -2).indeterminate(7).left(-2);
    assertThat(failures(judge(history))).containsExactly(Name.REAL_TIME_ORDER);
  }

  @Test
  void showsTheReceiptsBeforeAndBehindATicketThatNobodyTook() {
    var history = Histories.bounded(2).sold(1, 5, 1).refused(2, 6).refused(3, 7).left(0);
    var witness = check(judge(history), Name.CONSERVATION).witness().orElseThrow();
    assertThat(witness.attempts()).extracting(Attempt::buyer).containsExactly(0, 1);
  }

  @Test
  void showsTheTwoReceiptsOfAnOversoldTicket() {
    var history = Histories.counter(2).sold(1, 5, 1).sold(2, 6, 0).sold(3, 7, 0).left(0);
    var witness = check(judge(history), Name.OVERSELL).witness().orElseThrow();
    assertThat(witness.attempts()).extracting(Attempt::buyer).containsExactly(1, 2);
  }

  @Test
  void doesNotBlameTwoRefusalsWithOneValueForAnOversale() {
    var history =
        Histories.counter(1).sold(1, 5, 0).sold(2, 6, 1).refused(3, 7, -1).refused(4, 8, -1);
    var verdict = judge(history.left(-1));
    assertThat(check(verdict, Name.OVERSELL).status()).isEqualTo(Status.FAIL);
    assertThat(check(verdict, Name.OVERSELL).witness()).isEmpty();
  }

  @Test
  void provesNothingSoundWhereAReplyLacksItsReturn() {
    var sold = new Outcome.Sold(OptionalLong.of(0));
    var never = Histories.attempt(0, 5, OptionalLong.empty(), sold);
    var tooEarly = Histories.attempt(0, 5, OptionalLong.of(4), sold);
    for (var senseless : List.of(never, tooEarly)) {
      var verdict = judge(Histories.counter(1).add(senseless).refused(6, 7, -1).left(-1));
      assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
      assertThat(verdict.advice().getFirst().text())
          .isEqualTo(
              "1 reply makes no sense: that of buyer 0, id 01a20257-b113-7ccc-8ddd-000000000000,"
                  + " has no return after its call; mend what recorded it");
    }
  }

  @Test
  void provesNothingSoundWhereAReplyLacksThePromisedValue() {
    var refused = judge(Histories.counter(1).sold(1, 2, 0).refused(1, 2).left(-1));
    assertThat(refused.result()).isEqualTo(Result.UNKNOWN);
    assertThat(refused.advice().getFirst().text())
        .contains("no value, which model counter promises");
    var sold = judge(Histories.bounded(1).sold(1, 2).sold(1, 2).left(0));
    assertThat(sold.result()).isEqualTo(Result.UNKNOWN);
    assertThat(sold.advice().getFirst().text())
        .startsWith("2 replies make no sense: that of buyer 0, ");
  }

  @Test
  void provesBrokenWhatNoReplyWithoutSenseCanExcuse() {
    var history =
        Histories.counter(2)
            .sold(1, 2, 1)
            .sold(1, 2, 1)
            .add(Histories.attempt(2, 9, OptionalLong.of(8), new Outcome.Sold(OptionalLong.of(0))));
    var verdict = judge(history.left(0));
    assertThat(failures(verdict)).containsExactly(Name.DUPLICATE_TICKET);
    assertThat(Reduction.of(history.build(), verdict)).isPresent();
  }

  @Test
  void sellsFromTheGreatestStock() {
    var verdict =
        judge(Histories.counter(MAX).sold(1, 5, MAX - 1).sold(2, 6, MAX - 2).left(MAX - 2));
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.sold()).isEqualTo(new SoldBounds(2, 2));
  }

  @Test
  void findsTheHoleBetweenTheGreatestStockAndTheLeastValue() {
    var verdict =
        judge(
            Histories.counter(MAX)
                .sold(1, 5, MAX - 1)
                .refused(2, 6, MIN)
                .indeterminate(3)
                .left(MIN));
    assertThat(check(verdict, Name.CONSERVATION).status()).isEqualTo(Status.FAIL);
    assertThat(check(verdict, Name.UNDERSELL).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void comparesRefusalsAtTheLeastValue() {
    var history = Histories.counter(MIN + 2).refused(1, 5, MIN + 1).refused(2, 6, MIN);
    assertThat(judge(history.left(MIN)).result()).isEqualTo(Result.UNKNOWN);
    var twice = judge(history.refused(3, 7, MIN).indeterminate(4));
    assertThat(check(twice, Name.DUPLICATE_TICKET).status()).isEqualTo(Status.FAIL);
    assertThat(check(twice, Name.CONSERVATION).detail())
        .isEqualTo("the counter fell by 2, but 3 replies took one each");
  }

  @Test
  void seesACounterThatRoseFromTheLeastToTheGreatest() {
    for (var model : Model.values()) {
      var verdict = judge(Histories.of(model, MIN).indeterminate(1).left(MAX));
      assertThat(check(verdict, Name.CONSERVATION).status()).as("%s", model).isEqualTo(Status.FAIL);
    }
  }

  @Test
  void doesNotMistakeIdsWithOneDigestForOneId() {
    // The digest is high * SPREAD + low, so one more in the high half is made good for in the low.
    var spread = 0x9E3779B97F4A7C15L;
    var history = Histories.tally(1);
    for (var i = 0; i < 2; i++) {
      history.add(
          Attempt.of(
              new UUID(i, -i * spread),
              0,
              i,
              OptionalLong.empty(),
              1,
              OptionalLong.of(2),
              i == 0
                  ? new Outcome.Sold(OptionalLong.empty())
                  : new Outcome.SoldOut(OptionalLong.empty())));
    }
    assertThat(judge(history.left(0)).result()).isEqualTo(Result.VALID);
  }

  private static Judgement judge(Histories history) {
    return Verifier.verify(history.build());
  }

  private static List<Name> failures(Judgement verdict) {
    return verdict.checks().stream()
        .filter(check -> check.status() == Status.FAIL)
        .map(Check::name)
        .toList();
  }

  private static Check check(Judgement verdict, Name name) {
    return verdict.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }
}
