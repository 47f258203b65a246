package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.fault.FaultSpecs;
import io.github.ticketsim.stock.redis.RedisStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell offers, by the completion script itself. */
class CompletionTest {

  @TempDir private Path folder;

  @BeforeEach
  void writesTheScript() throws IOException {
    var run = CommandRun.of("generate-completion");
    run.assertQuiet(ExitCode.VALID);
    Files.writeString(folder.resolve("script"), run.out());
  }

  /** What bash offers behind {@code words} and the beginning of another. */
  private List<String> offered(String beginning, String... words) throws Exception {
    var typed = Stream.concat(Stream.of("ticket-sim"), Stream.of(words)).toList();
    var process =
        new ProcessBuilder(
                "bash",
                "-c",
                "source ./script; COMP_WORDS=(%s '%s'); COMP_CWORD=%d; _complete_ticket-sim;"
                        .formatted(String.join(" ", typed), beginning, typed.size())
                    + " printf '%s\\n' \"${COMPREPLY[@]}\"")
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void optionsOfferTheirOwnValues() throws Exception {
    assertThat(offered("", "storm", "--persistence")).containsExactly("none", "everysec", "always");
    assertThat(offered("", "storm", "--arrivals")).containsExactly("poisson", "constant");
    assertThat(offered("", "storm", "--method")).contains("POST", "GET").doesNotContain("decr");
    assertThat(offered("", "report", "--format")).containsExactly("short", "text", "json");
  }

  @Test
  void strategiesAreOffered() throws Exception {
    var strategies = Stream.of(RedisStrategy.values()).map(RedisStrategy::wireName).toList();
    assertThat(offered("", "storm", "--strategy")).containsAll(strategies).contains("all");
    assertThat(offered("", "serve", "--strategy")).containsExactlyElementsOf(strategies);
    assertThat(offered("get", "preload", "--strategy")).containsExactly("get-set", "get-decr");
  }

  @Test
  void everyFaultThatIsOfferedCanBeUsed() throws Exception {
    var faults = offered("", "storm", "--fault");
    assertThat(faults)
        .hasSize(10)
        .allSatisfy(fault -> assertThat(FaultSpecs.parse(fault)).isNotNull());
    assertThat(faults.stream().map(fault -> fault.replaceFirst("[:@].*", "")))
        .containsExactly(
            "drop-reply",
            "reset",
            "cut-request",
            "delay",
            "kill",
            "pause",
            "power-loss",
            "failover",
            "failover",
            "failover");
    assertThat(offered("drop", "storm", "--fault")).containsExactly("drop-reply:1%");
  }

  @Test
  void filesAndFoldersAreOffered() throws Exception {
    Files.createDirectory(folder.resolve("runs-of-mine"));
    assertThat(offered("runs-", "report")).containsExactly("runs-of-mine");
    assertThat(offered("runs-", "storm", "--out")).containsExactly("runs-of-mine");
    assertThat(offered("runs-", "report", "--witness")).containsExactly("runs-of-mine");
  }

  /** The script keeps values under the label of their option: two of one label share them. */
  @Test
  void noTwoOptionsOfACommandShareTheLabelOfTheirValues() {
    TicketSim.commandLine()
        .getSubcommands()
        .values()
        .forEach(
            command ->
                assertThat(
                        command.getCommandSpec().options().stream()
                            .filter(option -> option.completionCandidates() != null)
                            .map(option -> option.paramLabel()))
                    .as(command.getCommandName())
                    .doesNotHaveDuplicates());
  }
}
