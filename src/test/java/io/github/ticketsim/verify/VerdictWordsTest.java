package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.selftest.Histories;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check.Name;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a failed check says, of one and of several. */
class VerdictWordsTest {
  private static final Outcome LOST = new Outcome.Indeterminate("read timed out");

  private static void assertSays(Histories history, Name name, String words) {
    assertThat(Verifier.verify(history.build()).checks())
        .filteredOn(check -> check.name() == name)
        .singleElement()
        .extracting(Check::detail)
        .isEqualTo(words);
  }

  @Test
  void ofConfirmedSales() {
    assertSays(Histories.tally(0).sold(1, 2), Name.OVERSELL, "1 sale was confirmed of 0 tickets");
    assertSays(
        Histories.tally(1).sold(1, 2).sold(1, 2),
        Name.OVERSELL,
        "2 sales were confirmed of 1 ticket");
    assertSays(
        Histories.counter(0).sold(1, 2, -1),
        Name.OVERSELL,
        "a sale was confirmed though the counter was -1, below zero");
    assertSays(
        Histories.counter(2).sold(1, 2, 1).sold(1, 2, 0).sold(1, 2, 0).left(0),
        Name.DUPLICATE_TICKET,
        "ticket 2 (value 0) was handed out twice; replies that repeat a ticket: 1");
  }

  @Test
  void ofTwoAttemptsWithOneId() {
    assertSays(
        Histories.tally(1)
            .add(Histories.attempt(3, 1, OptionalLong.empty(), LOST))
            .add(Histories.attempt(3, 1, OptionalLong.empty(), LOST)),
        Name.UNIQUE_ID,
        "two attempts carry one id");
  }

  @Test
  void ofRefusals() {
    var one = Histories.counter(2).refused(1, 2, 1).refused(1, 2, 0);
    assertSays(
        one,
        Name.FALSE_SOLD_OUT,
        "a buyer was refused with the reply 1, which stands for a ticket");
    assertSays(
        Histories.counter(2).refused(1, 2, -1).sold(3, 4, 1).sold(3, 4, 0),
        Name.FALSE_SOLD_OUT,
        "a buyer was refused, and afterwards an earlier ticket was still sold");
    assertSays(
        Histories.tally(1).refused(1, 2).sold(3, 4),
        Name.FALSE_SOLD_OUT,
        "a buyer was refused, and afterwards a ticket was still sold");
    assertSays(
        Histories.tally(2).refused(1, 2).sold(1, 4).indeterminate(3),
        Name.FALSE_SOLD_OUT,
        "a buyer was refused when at most 1 of 2 tickets could have been taken");
  }

  @Test
  void ofTicketsThatWereNeverSold() {
    var one = Histories.bounded(2).sold(1, 2, 1).refused(3, 4);
    var words =
        "a buyer was refused, and 1 of 2 tickets was never sold; no attempt is indeterminate";
    assertSays(one, Name.UNDERSELL, words);
    assertSays(one, Name.FALSE_SOLD_OUT, words);
    assertSays(
        one,
        Name.CONSERVATION,
        "1 was taken from the counter that no reply accounts for; no attempt is indeterminate");
    var more = Histories.bounded(3).sold(1, 2, 2).refused(3, 4).refused(3, 4).indeterminate(1);
    assertSays(
        more,
        Name.UNDERSELL,
        "buyers were refused, and 2 of 3 tickets were never sold; only 1 indeterminate attempt"
            + " could have taken them");
    assertSays(
        more,
        Name.CONSERVATION,
        "2 were taken from the counter that no reply accounts for; only 1 indeterminate attempt"
            + " could have taken them");
    assertSays(
        Histories.tally(4).sold(1, 2).indeterminate(1).refused(1, 2),
        Name.UNDERSELL,
        "a buyer was refused, but only 1 of 4 tickets was sold and at most 1 taken by"
            + " indeterminate attempts");
    assertSays(
        Histories.tally(4).sold(1, 2).sold(1, 2).refused(1, 2).refused(1, 2),
        Name.UNDERSELL,
        "buyers were refused, but only 2 of 4 tickets were sold and at most 0 taken by"
            + " indeterminate attempts");
  }

  @Test
  void ofTicketsThatAreLeft() {
    var counter = Histories.bounded(2).sold(1, 2, 1).sold(1, 2, 0).refused(3, 4);
    assertSays(counter.left(1), Name.UNDERSELL, "a buyer was refused, and 1 ticket is left");
    assertSays(
        counter.refused(3, 4).left(2),
        Name.UNDERSELL,
        "buyers were refused, and 2 tickets are left");
    assertSays(
        Histories.tally(2).sold(1, 2).sold(1, 2).refused(3, 4).left(1),
        Name.UNDERSELL,
        "a buyer was refused, and 1 ticket is left");
    assertSays(
        Histories.tally(1).indeterminate(1).left(3),
        Name.CONSERVATION,
        "3 are left of 1; attempts only lower the counter");
    assertSays(
        Histories.counter(0).indeterminate(1).left(1),
        Name.CONSERVATION,
        "1 is left of 0; attempts only lower the counter");
  }

  @Test
  void ofTheCounter() {
    assertSays(
        Histories.counter(2).sold(1, 2, 2),
        Name.CONSERVATION,
        "a reply carries 2, but the counter began at 2 and an attempt only lowers it");
    assertSays(
        Histories.bounded(2).sold(1, 2, 1).refused(1, 2, -3).indeterminate(1),
        Name.CONSERVATION,
        "a reply carries -3, but in model bounded the counter never goes below zero");
    assertSays(
        Histories.bounded(1).sold(1, 2, 0).indeterminate(1).left(-1),
        Name.CONSERVATION,
        "the counter ended at -1, but in model bounded it never goes below zero");
    assertSays(
        Histories.counter(3).sold(1, 2, 2).sold(1, 2, 1).left(2),
        Name.CONSERVATION,
        "the counter ended at 2, above the 1 that a reply had already seen");
    assertSays(
        Histories.counter(3).sold(1, 2, 2).sold(1, 2, 2).left(2),
        Name.CONSERVATION,
        "the counter fell by 1, but 2 replies took one each");
    assertSays(
        Histories.tally(3).sold(1, 2).left(1),
        Name.CONSERVATION,
        "the counter went from 3 to 1, but the attempts took 1");
    assertSays(
        Histories.tally(9).sold(1, 2).indeterminate(1).left(1),
        Name.CONSERVATION,
        "the counter went from 9 to 1, but the attempts took between 1 and 2");
  }

  @Test
  void ofRealTime() {
    assertSays(
        Histories.counter(2).sold(1, 2, 0).sold(3, 4, 1),
        Name.REAL_TIME_ORDER,
        "a reply came back before the attempt that holds an earlier ticket was even called");
    assertSays(
        Histories.counter(2).sold(1, 2, 0).indeterminate(3),
        Name.REAL_TIME_ORDER,
        "ticket 1 is held by no reply, and every indeterminate attempt left to have taken it was"
            + " called after the counter was seen below it");
  }

  @Test
  void ofWhatPasses() {
    var one = Histories.counter(1).sold(1, 5, 0).refused(2, 6, -1).left(-1);
    assertSays(one, Name.OVERSELL, "1 confirmed sale of 1 ticket");
    assertSays(one, Name.FALSE_SOLD_OUT, "1 refusal, while no ticket was left");
    assertSays(
        Histories.counter(2).sold(1, 2, 1).left(1),
        Name.OVERSELL,
        "1 attempt was executed on 2 tickets, so nothing could oversell");
  }
}
