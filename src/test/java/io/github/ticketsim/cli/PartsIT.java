package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes make one storm, and their histories are judged as one. */
@Timeout(300)
class PartsIT {
  @AutoClose private final RedisServer redis = RedisServer.own();

  @TempDir private Path out;
  @TempDir private Path files;

  private String[] part(int part, int parts, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "storm",
                "--parts=" + parts,
                "--part=" + part,
                "--redis=" + redis.uri(),
                "--rendezvous=" + redis.uri(),
                "--out=" + out));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private CompletableFuture<CommandRun> start(int part, int parts, String... more) {
    return CommandRun.inBackground(part(part, parts, more));
  }

  /** Waits until that part has come. */
  private void awaitPart(int part) throws Exception {
    Await.until(
        "part " + part + " has come",
        () -> redis.call("HEXISTS", "ticket-sim:gathering", "t" + part).equals(1L));
  }

  private void storm(int parts, String... more) {
    var running = IntStream.range(0, parts).mapToObj(part -> start(part, parts, more)).toList();
    for (var part = 0; part < parts; part++) {
      var run = running.get(part).join();
      run.assertQuiet(ExitCode.VALID);
      assertThat(run.text()).startsWith("part %d of %d: ".formatted(part, parts));
    }
  }

  private List<Path> folders() throws IOException {
    try (var all = Files.list(out)) {
      return all.filter(path -> path.toString().contains("-part-")).sorted().toList();
    }
  }

  private CommandRun report(List<Path> folders) {
    var arguments = new ArrayList<>(List.of("report", "--format=text"));
    folders.forEach(folder -> arguments.add(folder.toString()));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void partsThatSellSoundlyAreValidTogetherAndUnknownApart() throws Exception {
    storm(4, "--stock=100", "--threads=402");

    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.VALID.status());
    assertThat(all.text())
        .contains("sold 100 of 100 tickets, none twice; 402 buyers came")
        .contains("parts 4, each with a clock of its own; order exact to within");

    var without = report(folders().subList(1, 4));
    assertThat(without.status()).as(without.out()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(without.text()).contains(" of 4 is missing; give `ticket-sim report` the runs of");

    var alone = report(folders().subList(1, 2));
    assertThat(alone.status()).as(alone.out()).isEqualTo(ExitCode.UNKNOWN.status());

    report(List.of(folders().get(0), folders().get(0)))
        .assertRefusedWith(ExitCode.USAGE, folders().get(0).toString(), " too, and so is '");
  }

  @Test
  void partsThatOversellTogetherAreInvalid() throws Exception {
    storm(3, "--stock=300", "--threads=600", "--strategy=get-decr", "--purchases=3");

    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.INVALID.status());
  }

  @Test
  void anOpenLoadIsDividedToo() throws Exception {
    storm(3, "--stock=100", "--rate=1000", "--purchases=500", "--arrivals=constant");

    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.VALID.status());
    assertThat(all.text()).contains("outcomes of 500 attempts");
  }

  @Test
  void aPartThatDoesNotComeIsNamedInTime() throws Exception {
    var first = start(0, 3, "--stock=1", "--rendezvous-timeout=2s");
    awaitPart(0);
    var last = start(2, 3, "--stock=1", "--rendezvous-timeout=10s");
    awaitPart(2);

    first
        .join()
        .assertRefusedWith(
            ExitCode.UNAVAILABLE, "part 1 of 3 did not come", "raise --rendezvous-timeout");
    last.join().assertRefusedWith(ExitCode.UNAVAILABLE, "parts 0, 1 of 3 did not come within 10 s");
    assertThat(folders()).isEmpty();
  }

  @Test
  void aPartWithOtherOptionsIsRefused() throws Exception {
    var first = start(0, 2, "--stock=1", "--threads=10", "--rendezvous-timeout=5s");
    awaitPart(0);

    CommandRun.of(part(1, 2, "--stock=1", "--threads=11"))
        .assertRefusedWith(ExitCode.USAGE, "part 1 has --threads 11, but part 0 has --threads 10");
    CommandRun.of(part(1, 3, "--stock=1", "--threads=10"))
        .assertRefusedWith(ExitCode.USAGE, "--parts: part 1 says 3, but part 0 says 2");
    first.join();
  }

  @Test
  void ofAPartThatIsStartedTwiceTheLaterTakesOver() throws Exception {
    var one = start(1, 3, "--stock=10", "--threads=60");
    awaitPart(1);
    var token = redis.call("HGET", "ticket-sim:gathering", "t1");
    var other = start(1, 3, "--stock=10", "--threads=60");
    Await.until(
        "the other takes over",
        () -> !redis.call("HGET", "ticket-sim:gathering", "t1").equals(token));

    one.join()
        .assertRefusedWith(ExitCode.UNAVAILABLE, "another process is part 1 too; start each part");
    var first = start(0, 3, "--stock=10", "--threads=60");
    var last = start(2, 3, "--stock=10", "--threads=60");
    for (var run : List.of(other, first, last)) {
      run.join().assertQuiet(ExitCode.VALID);
    }
    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.VALID.status());
  }

  @Test
  void aPartThatIsKilledIsMissedAndNamed() throws Exception {
    var options = new String[] {"--stock=2000000", "--threads=20", "--duration=4s"};
    var first = start(0, 2, options);
    try (var killed = TicketSimProcess.start(files, part(1, 2, options))) {
      Await.until(
          "the storm is under way",
          () -> redis.call("HEXISTS", "ticket-sim:gathering", "start").equals(1L));
      CommandRun.of(part(1, 2, options))
          .assertRefusedWith(ExitCode.UNAVAILABLE, "a storm that met here is under way");
      Await.until("both sell", () -> redis.counter("ticket:stock") < 1_999_900);
      killed.signal("KILL");
      first.join().assertQuiet(ExitCode.VALID);
    }

    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(all.text()).contains("part 1 of 2 is missing");
  }

  @Test
  void part0GathersWhatTheOthersLeaveAndJudges() throws Exception {
    var options = new String[] {"--stock=50", "--threads=300", "--upload=" + redis.uri()};
    var running = IntStream.range(0, 3).mapToObj(part -> start(part, 3, options)).toList();

    var first = running.getFirst().join();
    first.assertQuiet(ExitCode.VALID);
    assertThat(first.text())
        .startsWith("VALID: sold 50 of 50 tickets, none twice; 300 buyers came");
    assertThat(running.get(1).join().status()).isZero();
    assertThat(running.get(2).join().status()).isZero();
    assertThat(redis.call("KEYS", "ticket-sim:history:*")).asInstanceOf(LIST).isEmpty();
    assertThat(CommandRun.of("report", "--out=" + out).status()).isZero();
  }

  @Test
  void theExitCodeOfPart0IsTheVerdict() throws Exception {
    var options =
        new String[] {
          "--stock=300",
          "--threads=600",
          "--purchases=3",
          "--strategy=get-decr",
          "--upload=" + redis.uri()
        };
    var running = IntStream.range(0, 3).mapToObj(part -> start(part, 3, options)).toList();

    assertThat(running.get(0).join().status()).isEqualTo(ExitCode.INVALID.status());
    assertThat(running.get(1).join().status()).isZero();
    assertThat(running.get(2).join().status()).isZero();
  }

  @Test
  void theLossOfTheRendezvousCostsTheVerdictAndNoHistory() throws Exception {
    try (var other = RedisServer.own()) {
      var options =
          new String[] {
            "--stock=2000000",
            "--threads=20",
            "--duration=2s",
            "--rendezvous-timeout=5s",
            "--rendezvous=" + other.uri()
          };
      var running =
          IntStream.range(0, 2)
              .mapToObj(part -> CommandRun.inBackground(elsewhere(part, options)))
              .toList();
      Await.until("both sell", () -> started(other) && redis.counter("ticket:stock") < 1_999_900);
      other.kill();

      for (var run : running) {
        assertThat(run.join().status()).isZero();
      }
    }
    var all = report(folders());
    assertThat(all.status()).as(all.out()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(all.text()).contains("part 1 had not ended when what is left was read");
  }

  private String[] elsewhere(int part, String... more) {
    return Stream.of(part(part, 2, more))
        .filter(argument -> !argument.equals("--rendezvous=" + redis.uri()))
        .toArray(String[]::new);
  }

  private static boolean started(RedisServer rendezvous) {
    return rendezvous.call("HEXISTS", "ticket-sim:gathering", "start").equals(1L);
  }

  @Test
  void aDatabaseOfAFileIsNoPlaceToMeet() {
    CommandRun.of(part(0, 2, "--stock=1", "--upload=jdbc:sqlite:" + out.resolve("x")))
        .assertRefusedWith(ExitCode.USAGE, "--upload: jdbc:sqlite:", "jdbc:postgresql:");
  }
}
