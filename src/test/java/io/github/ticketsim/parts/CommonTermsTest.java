package io.github.ticketsim.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommonTermsTest {

  @Test
  void whatIsNoSecretIsShown() {
    assertThat(CommonTerms.of(Map.of("--threads", "5000", "--stock", "10")))
        .isEqualTo("--stock 10\n--threads 5000");
  }

  @Test
  void whatMayBeASecretIsNotShownAndComparedAllTheSame() {
    var one = CommonTerms.of(Map.of("--header", "Authorization: Bearer secret"));
    var other = CommonTerms.of(Map.of("--header", "Authorization: Bearer other"));

    assertThat(one).startsWith("--header (digest ").doesNotContain("secret").isNotEqualTo(other);
  }

  @Test
  void filesAreComparedByWhatIsInThem(@TempDir Path folder) throws IOException {
    var one = Files.writeString(folder.resolve("one"), "same");
    var other = Files.writeString(folder.resolve("other"), "same");
    var third = Files.writeString(folder.resolve("third"), "different");

    assertThat(terms(one)).isEqualTo(terms(other)).isNotEqualTo(terms(third));
  }

  private static String terms(Path file) {
    return CommonTerms.of(Map.of("--sale", file.toString()));
  }
}
