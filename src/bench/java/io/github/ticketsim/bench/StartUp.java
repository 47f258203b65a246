package io.github.ticketsim.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How long it takes to start, beside the least that a JVM takes. */
final class StartUp {
  private final boolean quick;
  private final Path work;
  private final Table table;

  StartUp(boolean quick, Path work, Table table) {
    this.quick = quick;
    this.work = work;
    this.table = table;
  }

  void measure() throws Exception {
    var java = Machine.java();
    Files.writeString(
        work.resolve("Hello.java"),
        "class Hello { public static void main(String[] a) { System.out.println(\"hello\"); } }");
    Processes.output(
        work,
        Path.of(java).resolveSibling("javac"),
        "-d",
        work.toString(),
        work.resolve("Hello.java").toString());
    var ticketSim = Processes.TICKET_SIM.toString();
    inTurns(
        "start: `--version`, against a class that says hello",
        quick ? 5 : 15,
        List.of(ticketSim, "--version"),
        List.of(java, "-cp", work.toString(), "Hello"),
        "2.5 or less");
    var storm =
        List.of(
            "storm",
            "--embedded",
            "--stock",
            "1000",
            "--threads",
            "5000",
            "--out",
            work.resolve("runs").toString());
    inTurns(
        "start to end: `storm --embedded --stock 1000 --threads 5000`, against the same without"
            + " cache and flags",
        quick ? 3 : 9,
        Stream.concat(Stream.of(ticketSim), storm.stream()).toList(),
        Stream.concat(
                Stream.of(
                    java, "-jar", Path.of("target/ticket-sim-cli.jar").toAbsolutePath().toString()),
                storm.stream())
            .toList(),
        "0.5 or less");
  }

  private void inTurns(
      String what, int turns, List<String> command, List<String> other, String wanted)
      throws Exception {
    Progress.say(what);
    var ours = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var turn = 0; turn < turns; turn++) {
      beside.add(Processes.seconds(work, other));
      ours.add(Processes.seconds(work, command));
    }
    table.row(
        what,
        Figures.of("%.3f", ours) + " s",
        Figures.of("%.3f", beside) + " s",
        String.format(Locale.ROOT, "%.2f", Figures.median(ours) / Figures.median(beside)),
        wanted);
  }
}
