package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

/** What an invalid history suggests to have gone wrong; a guess, unlike all else in a verdict. */
public sealed interface Cause {

  /** In one sentence, for people. */
  String text();

  /** All requests were the same to the letter, so that a limit per customer refused most. */
  record SameCustomer() implements Cause {
    @Override
    public String text() {
      return "every buyer is the same customer; a rule per customer would refuse them: use"
          + " {{customer}} in the path, a header or the body, or let the rule for sold out match"
          + " only the refusal that means it, such as status=409 && /error=sold-out";
    }
  }

  /**
   * Every attempt was refused, since the customer may have no more. None is indeterminate or
   * failed, no order exists, and the counter, if it was read, says that nothing was taken.
   *
   * @param script whether a script in Lua decided that
   */
  record EverybodyLimited(boolean script) implements Cause {
    @Override
    public String text() {
      return "every customer was refused as limited and nothing was sold: each may have tickets"
          + " of an earlier storm, which the shop has to forget, or a rule for limited matches"
          + " another refusal"
          + (script ? ", or an `if` of the script is about 0, which is true in Lua" : "");
    }
  }

  /**
   * Attempts that overlapped got the same value.
   *
   * @param pairs of such attempts
   * @param raised whether it takes an increment to explain them, else a lost update does
   */
  record SharedValues(long pairs, boolean raised) implements Cause {
    @Override
    public String text() {
      return words(
          "overlapping attempts got the same value (%s): %s, or a stale reply",
          counted(pairs, "pair"),
          raised
              ? "somebody raised the counter in between (INCR), a lost update"
              : "a lost update (read, then write, with nothing to keep others out)");
    }
  }

  /**
   * Replies carry no value, and what is left fell as if each refusal had taken one too.
   *
   * @param refusals all there were
   */
  record RefusalsTook(int refusals) implements Cause {
    @Override
    public String text() {
      return words(
          "%s took one too, as a command does that lowers the counter below zero (DECR): if its"
              + " reply is the counter, say so (value: reply in a sale file, --value-at over"
              + " HTTP)",
          refusals == 1 ? "the refusal" : words("each of %,d refusals", refusals));
    }
  }

  /**
   * The counter rose.
   *
   * @param undoneSales acknowledged by values that were handed out again
   * @param from the value before the widest step
   * @param to the value behind it
   * @param by what usually does that
   */
  record SteppedBack(int undoneSales, long from, long to, Raiser by) implements Cause {
    @Override
    public String text() {
      return words(
          "values stepped back up: %s undone, from %,d to %,d at the widest step: %s",
          counted(undoneSales, "acknowledged sale"), from, to, by.text);
    }
  }

  /** What raises a counter. */
  enum Raiser {
    /** Beside lost updates, which do that too. */
    LOST_UPDATES(
        "lost updates do that too, else a restart or failover lost acknowledged writes, or"
            + " somebody raised the counter"),
    /** If connections broke. */
    RESTART_OR_WRITER(
        "a restart or failover lost acknowledged writes, or somebody raised the counter"),
    /** If every attempt got its reply. */
    WRITER(
        "somebody raised the counter (INCR, INCRBY, SET), or after a failover a primary that was"
            + " deposed sold on; hardly a restart, since every attempt got its reply");

    private final String text;

    Raiser(String text) {
      this.text = text;
    }
  }

  /**
   * The key went away.
   *
   * @param from the last value before
   * @param connectionsBroke as they do in a restart
   */
  record Vanished(long from, boolean connectionsBroke) implements Cause {
    @Override
    public String text() {
      return words(
          "the counter jumped from %,d to below zero at once: %s",
          from,
          connectionsBroke
              ? "Redis restarted without its data, or the key expired, was evicted or deleted"
              : "the key expired, was evicted or deleted; hardly a restart without data, since"
                  + " every attempt got its reply");
    }
  }

  /**
   * More was taken at once than attempts that retry can take.
   *
   * @param atOnce the most of them
   */
  record OtherWriter(long taken, long atOnce) implements Cause {
    @Override
    public String text() {
      return words(
          "%s taken that no attempt accounts for, %,d of them at once: another writer on the key"
              + " (a client that retries takes one at a time)",
          counted(taken, "was", "were"), atOnce);
    }
  }

  /**
   * One here and one there was taken.
   *
   * @param places at which that happened
   */
  record WriterOrRetry(long taken, int places) implements Cause {
    @Override
    public String text() {
      return words(
          "%s taken that no attempt accounts for, in %s: another writer on the key, or a client or"
              + " proxy that retries behind our back",
          counted(taken, "was", "were"), counted(places, "place"));
    }
  }
}
