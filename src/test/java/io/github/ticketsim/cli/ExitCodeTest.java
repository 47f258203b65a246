package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void theManualSaysOfEachWhatTheHelpSays() throws Exception {
    var page = Files.readString(Path.of("src/site/markdown/verdict.md")).replace("`", "");

    assertThat(ExitCode.help())
        .allSatisfy(
            line -> {
              var parts = line.split(":", 3);
              assertThat(page)
                  .contains("| %s | %s | %s".formatted(parts[0], parts[1], parts[2].strip()));
            });
  }
}
