package io.github.ticketsim.cli;

import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.report.file.FileUnavailableException;
import io.github.ticketsim.report.file.ResultFile;
import io.github.ticketsim.report.file.ResultFiles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The files that a command writes its results into, for people and for CI. */
final class FileOptions {
  private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write a page for a browser: the verdict, its proof as a picture, how it went. One file,"
              + " which needs no network.")
  private @Nullable Path html;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write JUnit XML, a test case a check, for the test report of a CI system.")
  private @Nullable Path junit;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description =
          "Append a summary in Markdown. Default: the file that GitHub names in"
              + " GITHUB_STEP_SUMMARY, if it does")
  private @Nullable Path summary;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Write the figures as OpenMetrics text, for Prometheus.")
  private @Nullable Path metrics;

  /** Where each file goes that somebody asked for by an option. */
  Map<ResultFile, Path> places() {
    var places = new EnumMap<ResultFile, Path>(ResultFile.class);
    put(places, ResultFile.HTML, html);
    put(places, ResultFile.JUNIT, junit);
    put(places, ResultFile.SUMMARY, summary);
    put(places, ResultFile.METRICS, metrics);
    return places;
  }

  private static void put(Map<ResultFile, Path> places, ResultFile kind, @Nullable Path place) {
    if (place == null) {
      return;
    }
    places.forEach(
        (other, taken) -> {
          if (taken.toAbsolutePath().normalize().equals(place.toAbsolutePath().normalize())) {
            throw new UsageException(
                "%s and %s both name '%s'; give each a file of its own"
                    .formatted(other.option(), kind.option(), place));
          }
        });
    places.put(kind, place);
  }

  /** Finds out before a run whether its results can be written. */
  void require() throws FileUnavailableException {
    new ResultFiles(places()).require();
  }

  /** Writes the files of runs; those are unsaved of which that fails. */
  List<FinishedRun> keep(List<FinishedRun> finished) {
    return write(finished.stream().map(FinishedRun::report).toList())
        ? finished
        : finished.stream().map(FinishedRun::unsaved).toList();
  }

  /** Writes the files, and tells GitHub of the runs if it runs this; false if a file is missing. */
  boolean write(List<RunReport> runs) {
    var err = command.commandLine().getErr();
    var problems = new ResultFiles(places()).write(runs);
    problems.forEach(problem -> Stderr.say(err, problem));
    if (summary == null) {
      // Nobody asked for this one, so that nothing fails without it.
      environment(STEP_SUMMARY)
          .map(place -> new ResultFiles(Map.of(ResultFile.SUMMARY, Path.of(place))).write(runs))
          .ifPresent(doubts -> doubts.forEach(doubt -> Stderr.say(err, doubt)));
    }
    if (environment("GITHUB_ACTIONS").filter("true"::equals).isPresent()) {
      ResultFiles.annotations(runs).forEach(err::println);
    }
    return problems.isEmpty();
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
