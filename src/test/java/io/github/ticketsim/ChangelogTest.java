package io.github.ticketsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

class ChangelogTest {

  @Test
  void thePageHasAHeadingForTheVersionOfTheBuild() throws Exception {
    var pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    var version = XPathFactory.newInstance().newXPath().evaluate("/project/version", pom);

    assertThat(Files.readAllLines(Path.of("src/site/markdown/changelog.md")))
        .contains("## " + version);
  }
}
