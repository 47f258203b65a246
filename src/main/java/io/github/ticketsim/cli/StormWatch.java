package io.github.ticketsim.cli;

import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.io.PrintWriter;

/** Watches over a storm while it runs, whatever it storms. */
final class StormWatch {
  private static final String INTERRUPTED =
      "interrupted: attempts under way finish, then comes the report; Ctrl-C again quits at once";

  private final Interrupts interrupts;
  private final PrintWriter err;

  StormWatch(Interrupts interrupts, PrintWriter err) {
    this.interrupts = interrupts;
    this.err = err;
  }

  /** Runs {@code storm}, shows how it goes, and lets the first Ctrl-C end it. */
  StormResult run(Storm storm, StormPlan plan) throws InterruptedException {
    if (!Terminal.showsProgress()) {
      interrupts.onFirst(() -> interrupt(storm));
      return storm.run();
    }
    var view = new StormView(storm, plan);
    try (var line = ProgressLine.show(view::line, err)) {
      interrupts.onFirst(() -> line.above(() -> interrupt(storm)));
      return storm.run();
    }
  }

  private void interrupt(Storm storm) {
    Failures.say(err, INTERRUPTED);
    storm.interrupt();
  }
}
