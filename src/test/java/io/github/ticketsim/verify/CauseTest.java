package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.verify.Cause.Raiser;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of each cause; what is guessed when is asserted without them. */
class CauseTest {

  @Test
  void everyCauseIsOneSentence() {
    var texts =
        Stream.of(
            new Cause.SameCustomer(),
            new Cause.EverybodyLimited(false),
            new Cause.RefusalsTook(4_000),
            new Cause.SharedValues(1, true),
            new Cause.SharedValues(2, false),
            new Cause.SteppedBack(1, 0, 1, Raiser.WRITER),
            new Cause.SteppedBack(3, 1, 4, Raiser.RESTART_OR_WRITER),
            new Cause.SteppedBack(2, 2, 3, Raiser.LOST_UPDATES),
            new Cause.Vanished(98, true),
            new Cause.Vanished(98, false),
            new Cause.OtherWriter(100, 91),
            new Cause.WriterOrRetry(1, 1));
    assertThat(texts.map(Cause::text))
        .containsExactly(
            "every buyer is the same customer; a rule per customer would refuse them: use"
                + " {{customer}} in the path, a header or the body, or let the rule for sold out"
                + " match only the refusal that means it, such as status=409 && /error=sold-out",
            "every customer was refused as limited and nothing was sold: each may have tickets of"
                + " an earlier storm, which the shop has to forget, or a rule for limited matches"
                + " another refusal",
            "each of 4,000 refusals took one too, as a command does that lowers the counter below"
                + " zero (DECR): if its reply is the counter, say so (value: reply in a sale file,"
                + " --value-at over HTTP)",
            "overlapping attempts got the same value (1 pair): somebody raised the counter in"
                + " between (INCR), a lost update, or a stale reply",
            "overlapping attempts got the same value (2 pairs): a lost update (read, then write,"
                + " with nothing to keep others out), or a stale reply",
            "values stepped back up: 1 acknowledged sale undone, from 0 to 1 at the widest step:"
                + " somebody raised the counter (INCR, INCRBY, SET), or after a failover a primary"
                + " that was deposed sold on; hardly a restart, since every attempt got its reply",
            "values stepped back up: 3 acknowledged sales undone, from 1 to 4 at the widest step: a"
                + " restart or failover lost acknowledged writes, or somebody raised the counter",
            "values stepped back up: 2 acknowledged sales undone, from 2 to 3 at the widest step:"
                + " lost updates do that too, else a restart or failover lost acknowledged writes,"
                + " or somebody raised the counter",
            "the counter jumped from 98 to below zero at once: Redis restarted without its data, or"
                + " the key expired, was evicted or deleted",
            "the counter jumped from 98 to below zero at once: the key expired, was evicted or"
                + " deleted; hardly a restart without data, since every attempt got its reply",
            "100 were taken that no attempt accounts for, 91 of them at once: another writer on the"
                + " key (a client that retries takes one at a time)",
            "1 was taken that no attempt accounts for, in 1 place: another writer on the key, or a"
                + " client or proxy that retries behind our back");
  }
}
