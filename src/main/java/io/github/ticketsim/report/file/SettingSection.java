package io.github.ticketsim.report.file;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.report.FaultGroup;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.run.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run was set to, and what to know of its figures. */
final class SettingSection {
  private final Markup out;
  private final RunReport report;

  SettingSection(Markup out, RunReport report) {
    this.out = out;
    this.report = report;
  }

  void write() {
    out.element(
        "section",
        () -> {
          out.leaf("h2", "The run");
          for (var text : report.warnings().stream().map(Warning::text).toList()) {
            out.leaf("p", "Note: " + text + ".", "class", "warning");
          }
          Html.list(out, inputs());
        });
  }

  private List<List<String>> inputs() {
    var run = report.history().run();
    var inputs = new ArrayList<List<String>>();
    inputs.add(
        List.of(
            "strategy",
            words(
                "%s, model %s%s",
                run.strategy(),
                run.model().wireName(),
                run.brokenOnPurpose() ? ", broken on purpose" : "")));
    inputs.add(List.of("key", run.key()));
    inputs.add(List.of("stock", words("%,d", run.stock())));
    inputs.add(List.of("buyers", words("%,d", run.buyers())));
    run.setup().ifPresent(setup -> inputs.addAll(setup(setup)));
    if (run.warmUpMillis() > 0) {
      inputs.add(List.of("warm-up", words("%,d ms, judged and not measured", run.warmUpMillis())));
    }
    for (var group : FaultGroup.of(report.history().faults())) {
      inputs.add(List.of("fault", group.fault() + " " + group.words()));
    }
    inputs.add(List.of("left", left()));
    inputs.add(List.of("started", run.started().toString()));
    inputs.add(List.of("run", run.id().toString()));
    inputs.add(List.of("saved", report.saved().orElse("not saved")));
    return inputs;
  }

  private static List<List<String>> setup(Run.Setup setup) {
    return List.of(
        List.of("server", setup.server()),
        List.of("load", setup.load()),
        List.of("pool", words("%,d", setup.pool())),
        List.of("timeout", words("%,d ms", setup.timeoutMillis())),
        List.of(
            "seed", setup.seed().isPresent() ? Long.toString(setup.seed().getAsLong()) : "none"),
        List.of("ticket-sim", setup.version()));
  }

  private String left() {
    var settlement = report.history().ending().settlement();
    return Stream.of(
            settlement.left().isPresent()
                ? Optional.of(words("the counter ended at %,d", settlement.left().getAsLong()))
                : Optional.<String>empty(),
            settlement.settled() ? Optional.<String>empty() : Optional.of("not settled"),
            settlement.problem())
        .flatMap(Optional::stream)
        .reduce((one, other) -> one + "; " + other)
        .orElse("not known");
  }
}
