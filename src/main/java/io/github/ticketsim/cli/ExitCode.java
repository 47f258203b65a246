package io.github.ticketsim.cli;

import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunReport;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the exit status tells a script. */
enum ExitCode {
  VALID(0, "every check passed, and the run exercised it"),
  INVALID(
      1,
      "at least one invariant is broken (oversold, ...); selftest: something was judged wrongly"),
  USAGE(2, "bad arguments, or an input file that cannot be read or parsed"),
  UNKNOWN(3, "the run cannot be judged, for instance demand never exceeded the stock"),
  UNAVAILABLE(
      4,
      "Redis or the database unreachable, refuses us, key missing or no integer, folder or output"
          + " not writable, port taken or lost"),
  THRESHOLD(5, "valid, but a stated latency or throughput limit was missed"),
  INTERNAL(70, "a bug in ticket-sim; prints a stack trace"),
  INTERRUPTED(
      130, "Ctrl-C, SIGTERM or SIGHUP; what was recorded is still judged, printed and saved");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  int status() {
    return status;
  }

  /** The verdict of {@code report}, or what a valid run is worth that misses a limit. */
  static ExitCode of(RunReport report) {
    return switch (report.verdict().result()) {
      case VALID -> report.missed().isEmpty() ? VALID : THRESHOLD;
      case INVALID -> INVALID;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /**
   * What runs of storms or of a service are worth: the worst verdict. Worse than any but INVALID is
   * a run that could not be saved, or one in which every attempt failed: the environment was not
   * ready. Better than any but VALID is a missed limit.
   */
  static ExitCode of(List<FinishedRun> finished) {
    if (finished.getFirst().report().ofPart()) {
      // It has no verdict, and is worth what it is saved.
      return finished.getFirst().saved() ? VALID : UNAVAILABLE;
    }
    var codes = finished.stream().map(run -> of(run.report())).toList();
    if (codes.contains(INVALID)) {
      return INVALID;
    }
    if (!finished.stream().allMatch(run -> run.saved() && run.whyAllFailed().isEmpty())) {
      return UNAVAILABLE;
    }
    return worst(codes);
  }

  /** What runs that are compared are worth: the worst verdict, and better only a missed limit. */
  static ExitCode worst(List<ExitCode> codes) {
    return Stream.of(INVALID, UNKNOWN, THRESHOLD).filter(codes::contains).findFirst().orElse(VALID);
  }

  /** One line a code, as picocli lists exit codes in the help. */
  static List<String> help() {
    return Arrays.stream(values())
        .map(code -> code.status + ":" + code.name() + ": " + code.meaning)
        .toList();
  }
}
