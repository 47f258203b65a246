package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Judgement.SoldBounds;
import java.util.List;

/** A part of a storm is not judged by itself: what looks wrong in it, another part can explain. */
public final class Unjudged {

  private Unjudged() {}

  /** The verdict on {@code history}, which is that of {@code part} alone. */
  public static Judgement part(History history, Division.OnePart part) {
    var facts = Facts.of(history);
    var findings = new Findings(history.attempts());
    for (var name : Check.Name.values()) {
      if (name.ofStock() || name == Check.Name.UNIQUE_ID) {
        findings.notExercised(name, "one part alone proves nothing");
      }
    }
    return new Judgement(
        Result.UNKNOWN,
        findings.checks(),
        new SoldBounds(facts.soldTickets(), facts.mostSold()),
        List.of(),
        List.of(
            new Advice.Other(
                "this is part %d of %d alone; give `ticket-sim report` the runs of all parts"
                    .formatted(part.part(), part.parts()))));
  }
}
