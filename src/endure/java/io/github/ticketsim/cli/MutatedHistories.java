package io.github.ticketsim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code MutatedHistories N SEED WORK FOLDER}: {@code report} on N mutants of the histories in
 * FOLDER. Fails at the first that ends in anything but a verdict, with a witness if that is
 * INVALID, or one line that says why there is none. Prints how many ended with which status.
 */
final class MutatedHistories {
  private static final int MOST_ATTEMPTS_OF_A_WITNESS = 20;

  private final Path history;
  private final Path witness;

  private MutatedHistories(Path work) {
    history = work.resolve("mutant.ndjson");
    witness = work.resolve("witness.ndjson");
  }

  public static void main(String[] arguments) throws Exception {
    var mutator =
        new Mutator(read(Path.of(arguments[3])), new Random(Long.parseLong(arguments[1])));
    var trial = new MutatedHistories(Path.of(arguments[2]));
    var statuses = new TreeMap<Integer, Integer>();
    for (var n = 1; n <= Integer.parseInt(arguments[0]); n++) {
      var format = List.of("text", "json", "short").get(n % 3);
      Files.write(trial.history, mutator.next());
      var problem = "";
      try {
        problem = trial.report(format, statuses);
      } catch (Exception e) {
        problem = e.toString();
      }
      if (!problem.isEmpty()) {
        var kept = Files.createTempFile("mutant-", ".ndjson");
        Files.write(kept, Files.readAllBytes(trial.history));
        System.err.printf("history %d, kept in %s: %s%n", n, kept, problem);
        System.exit(1);
      }
    }
    System.out.println("endure: mutated histories by exit code: " + statuses);
  }

  private static List<String> read(Path folder) throws IOException {
    var histories = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        histories.add(Files.readString(file));
      }
    }
    return histories;
  }

  /** What is wrong, or nothing. */
  private String report(String format, Map<Integer, Integer> statuses) throws Exception {
    Files.deleteIfExists(witness);
    var run =
        BoundedRun.of("report", history.toString(), "--format=" + format, "--witness=" + witness);
    statuses.merge(run.status(), 1, Integer::sum);
    if (run.isRefused()) {
      return "";
    }
    var verdict =
        List.of(ExitCode.VALID, ExitCode.INVALID, ExitCode.UNKNOWN).stream()
            .filter(code -> code.status() == run.status())
            .findAny();
    if (verdict.isEmpty() || run.out().isEmpty()) {
      return "ended with %d%n%s%s".formatted(run.status(), run.out(), run.err());
    }
    if (format.equals("json")) {
      requireJson(run.out());
    }
    return verdict.get() == ExitCode.INVALID ? witnessed(run) : unwitnessed(run);
  }

  private static void requireJson(String text) {
    try (var json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      while (json.nextToken() != null) {}
    }
  }

  private String witnessed(BoundedRun run) throws Exception {
    if (!run.err().isEmpty() || !Files.exists(witness)) {
      return "INVALID without a witness, " + run.err();
    }
    try (var lines = Files.lines(witness)) {
      var attempts = lines.filter(line -> line.startsWith("{\"type\":\"buy\"")).count();
      if (attempts > MOST_ATTEMPTS_OF_A_WITNESS) {
        return "a witness of %d attempts".formatted(attempts);
      }
    }
    var again = BoundedRun.of("report", witness.toString());
    return again.status() == ExitCode.INVALID.status() && again.err().isEmpty()
        ? ""
        : "the witness ended with %d%n%s%s".formatted(again.status(), again.out(), again.err());
  }

  private String unwitnessed(BoundedRun run) {
    return run.err().lines().count() == 1
            && run.err().contains("nothing is proven broken")
            && !Files.exists(witness)
        ? ""
        : "a witness of nothing, or not one line: " + run.err();
  }
}
