package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.counted;
import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.metrics.LimitResult;
import io.github.ticketsim.metrics.Measurements;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.run.Warning;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Judgement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that is said about one run. A function of its result and of the limits that somebody set: a
 * saved run gives the same report as the storm did.
 *
 * @param result what the run came to
 * @param limits how the run stands to what was asked of it
 * @param saved the folder, file or database that holds all of the run, if any does
 */
public record RunReport(RunResult result, List<LimitResult> limits, Optional<String> saved) {

  /** Judges and measures {@code history}. */
  public static RunReport of(History history, Path saved) {
    return of(RunResult.of(history), saved.toString(), List.of());
  }

  /**
   * Holds {@code result} against {@code limits}.
   *
   * @param saved what holds the run
   */
  public static RunReport of(RunResult result, String saved, List<Limit> limits) {
    return new RunReport(
        result,
        limits.stream().map(limit -> limit.on(result.measurements())).toList(),
        Optional.of(saved));
  }

  /** The same of a run that could not be saved whole. */
  public RunReport unsaved() {
    return new RunReport(result, limits, Optional.empty());
  }

  /** What happened. */
  public History history() {
    return result.history();
  }

  /** What it proves. */
  public Judgement verdict() {
    return result.verdict();
  }

  /** How fast it was. */
  public Measurements measurements() {
    return result.measurements();
  }

  /** Why the figures deserve doubt. */
  public List<Warning> warnings() {
    return result.warnings();
  }

  /** The verdict in one line: what was sold of what. */
  public String headline() {
    return verdict().result() + ": " + sentence();
  }

  /** The same without the word for the verdict. */
  public String sentence() {
    var tickets = Math.max(0, history().run().stock());
    var buyers = history().run().buyers();
    var sold = words("sold %s of %s", soldWords(), counted(tickets, "ticket"));
    var came = words("; %s came", counted(buyers, "buyer"));
    return switch (verdict().result()) {
      case VALID ->
          sold + (comparesTickets() ? ", none twice" : ", no more than there were") + came;
      case INVALID -> sold + came + "; broken: " + broken();
      case UNKNOWN -> sold + came + "; not proven";
    };
  }

  /** Whether it is one part of a storm, as that part recorded it. */
  public boolean ofPart() {
    return history().run().division().orElse(null) instanceof Division.OnePart;
  }

  /** For a part of a storm, which has no verdict: what is saved, and how to have it judged. */
  public String partLine() {
    var part = (Division.OnePart) history().run().division().orElseThrow();
    return words(
        "part %,d of %,d: %s, %s; `ticket-sim report` on the runs of all parts has the verdict",
        part.part(),
        part.parts(),
        counted(history().attempts().size(), "attempt"),
        saved.map(place -> "saved in " + place).orElse("not saved"));
  }

  /** Replies that carry no value may well have sold one ticket twice. */
  private boolean comparesTickets() {
    return verdict().checks().stream()
        .anyMatch(
            check ->
                check.name() == Check.Name.DUPLICATE_TICKET && check.status() == Check.Status.PASS);
  }

  /** How many tickets were sold, as a number or as bounds. */
  public String soldWords() {
    var sold = verdict().sold();
    return sold.atLeast() == sold.atMost()
        ? words("%,d", sold.atLeast())
        : words("between %,d and %,d", sold.atLeast(), sold.atMost());
  }

  /**
   * How many of the attempts of unknown fate took a ticket, as far as that can be told; else empty.
   */
  public String fate() {
    // With several tickets a purchase, tickets do not say how many attempts took them.
    if (count(Outcome.Kind.INDETERMINATE) == 0 || !history().attempts().single()) {
      return "";
    }
    var replied = count(Outcome.Kind.SOLD);
    // Of replies that make no sense not even the sales are counted as confirmed.
    var atLeast = Math.max(0, verdict().sold().atLeast() - replied);
    var atMost = Math.max(0, verdict().sold().atMost() - replied);
    return atLeast == atMost
        ? words("of which %,d took a ticket", atLeast)
        : words("of which between %,d and %,d took a ticket", atLeast, atMost);
  }

  private String broken() {
    return verdict().checks().stream()
        .filter(check -> check.status() == Check.Status.FAIL)
        .map(check -> check.name().words())
        .collect(Collectors.joining(", "));
  }

  /** The limits that the run missed, each with its figure and by how much. */
  public List<String> missed() {
    return limits.stream()
        .filter(LimitResult::missed)
        .map(result -> result.limit().text() + ": " + LimitText.of(result))
        .toList();
  }

  /** The outcomes that attempts of this run can have; few sales limit their customers. */
  public List<Outcome.Kind> outcomes() {
    return Arrays.stream(Outcome.Kind.values())
        .filter(
            kind ->
                kind != Outcome.Kind.LIMITED
                    || count(kind) > 0
                    || history().run().terms().limit().isPresent())
        .toList();
  }

  /** How many attempts ended in {@code kind}. */
  public int count(Outcome.Kind kind) {
    return history().attempts().count(kind);
  }
}
