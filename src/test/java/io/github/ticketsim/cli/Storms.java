package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.HistoryFormatException;
import io.github.ticketsim.report.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Storms for tests, and what they leave behind. */
final class Storms {

  private Storms() {}

  /** A storm of 20 buyers, unless {@code options} say otherwise, saved under {@code out}. */
  static String[] arguments(Path out, String uri, String... options) {
    var threads = Stream.of(options).anyMatch(option -> option.startsWith("--threads"));
    return Stream.of(
            Stream.of("storm", "--redis", uri, "--out", out.toString()),
            threads ? Stream.<String>empty() : Stream.of("--threads", "20"),
            Stream.of(options))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  /** The history of the newest run under {@code out}. */
  static History latest(Path out) {
    try {
      return HistoryFile.read(out.resolve(RunFolder.LATEST).resolve(HistoryFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (HistoryFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Asserts that {@code run} proves nothing, and that it says why. */
  static void assertUnsettled(Path out, CommandRun run, String reason) {
    assertThat(run.status()).as(run.out()).isEqualTo(ExitCode.UNKNOWN.status());
    assertThat(run.text()).contains(reason);
    var settlement = latest(out).ending().settlement();
    assertThat(settlement.settled()).isFalse();
    assertThat(settlement.problem().orElseThrow()).contains(reason);
  }
}
