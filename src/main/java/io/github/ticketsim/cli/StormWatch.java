package io.github.ticketsim.cli;

import io.github.ticketsim.storm.Storm;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.io.PrintWriter;

/** Watches over a storm while it runs, whatever it storms. */
final class StormWatch {
  private final Interrupts interrupts;
  private final PrintWriter err;

  StormWatch(Interrupts interrupts, PrintWriter err) {
    this.interrupts = interrupts;
    this.err = err;
  }

  /** Runs {@code storm}, shows how it goes, and lets the first Ctrl-C end it. */
  StormResult run(Storm storm, StormPlan plan) throws InterruptedException {
    interrupts.onFirst(
        () -> {
          Failures.say(
              err,
              "interrupted: attempts under way finish, then comes the report; Ctrl-C again quits"
                  + " at once");
          storm.interrupt();
        });
    if (!Terminal.showsProgress()) {
      return storm.run();
    }
    var attempts = plan.load().attempts().orElse(-1);
    try (var _ = new StormView(storm.progress(), attempts)) {
      return storm.run();
    }
  }
}
