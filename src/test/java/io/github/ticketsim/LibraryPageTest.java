package io.github.ticketsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the manual shows of the library is what the projects in src/it and the build have. */
class LibraryPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/library.md");
  private static final Path PROJECTS = Path.of("src/it");

  @ParameterizedTest
  @CsvSource({
    "public Answer buy(, broken-shop/src/main/java/shop/TicketShop.java",
    "@Test, broken-shop/src/test/java/shop/TicketShopTest.java",
    "<plugin>, sound-shop/pom.xml",
    "<plugin>, spring-boot-shop/pom.xml"
  })
  void showsWhatAProjectHas(String beginning, String file) throws IOException {
    var blocks =
        Pattern.compile("^```[a-z]+\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.startsWith(beginning))
            .toList();

    assertThat(blocks).hasSize(1);
    assertThat(stripped(Files.readString(PROJECTS.resolve(file))))
        .contains(stripped(blocks.getFirst()));
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @EnumSource
  void namesTheVersionOfEachLibraryThatMayBeMissing(MissingLibrary library) throws IOException {
    var coordinates = List.of(library.artifact().split(":"));
    var version =
        Pattern.compile(
                "<groupId>%s</groupId>\\s+<artifactId>%s</artifactId>\\s+<version>\\$\\{(.*?)}"
                    .formatted(coordinates.getFirst(), coordinates.getLast()))
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(match -> property(match.group(1)))
            .findFirst()
            .orElseThrow();

    assertThat(Files.readString(PAGE)).contains("`" + library.artifact() + ":" + version + "`");
  }

  private static String property(String name) {
    try {
      var match =
          Pattern.compile("<%s>(.*)</%s>".formatted(name, name))
              .matcher(Files.readString(Path.of("pom.xml")));
      assertThat(match.find()).isTrue();
      return match.group(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    var pom =
        Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(pom.find()).isTrue();
    assertThat(Files.readString(PAGE))
        .contains("<version>" + pom.group(1) + "</version>")
        .contains("io.github.ticketsim:ticket-sim:" + pom.group(1));
  }
}
