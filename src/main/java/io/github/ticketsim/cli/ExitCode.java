package io.github.ticketsim.cli;

import io.github.ticketsim.verify.Verdict;
import java.util.Arrays;
import java.util.List;

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
          + " not writable, port taken"),
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

  static ExitCode of(Verdict.Result result) {
    return switch (result) {
      case VALID -> VALID;
      case INVALID -> INVALID;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** One line a code, as picocli lists exit codes in the help. */
  static List<String> help() {
    return Arrays.stream(values())
        .map(code -> code.status + ":" + code.name() + ": " + code.meaning)
        .toList();
  }
}
