package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.report.RunReport;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitFileTest {
  private static final Path SCHEMA = Path.of("src/test/resources/junit/junit-10.xsd");

  static Stream<RunReport> everyRun() {
    return Stream.concat(
        Reports.histories().stream().map(Reports::of),
        Stream.of(Reports.hostile(), Reports.golden("open", "p99>1ns", "failed>50%")));
  }

  @ParameterizedTest
  @MethodSource("everyRun")
  void everyFileFitsTheSchemaOfJenkinsAndCountsRightly(RunReport run) throws Exception {
    var xml = Reports.text(ResultFile.JUNIT, run);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(SCHEMA.toFile())
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
    var file = Reports.parsed(xml);
    var suite = Reports.elements(file, "testsuite").getFirst();
    assertThat(suite.getAttribute("tests")).isEqualTo(count(file, "testcase"));
    assertThat(suite.getAttribute("failures")).isEqualTo(count(file, "failure"));
    assertThat(suite.getAttribute("errors")).isEqualTo(count(file, "error"));
    assertThat(suite.getAttribute("skipped")).isEqualTo(count(file, "skipped"));
    assertThat(count(file, "failure").equals("0") && count(file, "error").equals("0"))
        .as("green")
        .isEqualTo(run.headline().startsWith("VALID") && run.missed().isEmpty());
  }

  private static String count(Document file, String name) {
    return String.valueOf(Reports.elements(file, name).size());
  }

  private static Element testCase(Document file, String name) {
    return Reports.elements(file, "testcase").stream()
        .filter(each -> each.getAttribute("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFailureHasTheWitness() {
    var file = Reports.parsed(Reports.text(ResultFile.JUNIT, Reports.golden("invalid")));
    var failure = (Element) testCase(file, "duplicate ticket").getFirstChild();
    assertThat(failure.getTagName()).isEqualTo("failure");
    assertThat(failure.getAttribute("message")).startsWith("ticket 1 (value 1) was handed out");
    assertThat(failure.getTextContent())
        .contains("buyer 0: sold with value 1, called at 0.000001 s, returned at 0.000090 s")
        .contains("buyer 1: sold with value 1");
    assertThat(testCase(file, "undersell").hasChildNodes()).isFalse();
  }

  @Test
  void whatIsNotExercisedIsSkippedWithTheReasonAndAnUnknownRunIsNotGreen() {
    var file = Reports.parsed(Reports.text(ResultFile.JUNIT, Reports.golden("unknown")));
    var skipped = (Element) testCase(file, "oversell").getFirstChild();
    assertThat(skipped.getTagName()).isEqualTo("skipped");
    assertThat(skipped.getAttribute("message")).contains("so nothing could oversell");
    var error = (Element) testCase(file, "the run can be judged").getFirstChild();
    assertThat(error.getTagName()).isEqualTo("error");
    assertThat(error.getTextContent()).contains("raise --timeout", "what is left is not known");
  }

  @Test
  void aMissedLimitFailsAndOneThatHoldsDoesNot() {
    var run = Reports.golden("valid", "p99>1ns", "failed>50%");
    var file = Reports.parsed(Reports.text(ResultFile.JUNIT, run));
    assertThat(testCase(file, "limit p99>1ns").getElementsByTagName("failure").getLength())
        .isEqualTo(1);
    assertThat(testCase(file, "limit failed>50%").hasChildNodes()).isFalse();
  }

  @Test
  void severalRunsAreSuitesOfOneFile() {
    var both = List.of(Reports.golden("valid"), Reports.golden("invalid"));
    var file = Reports.parsed(Reports.text(ResultFile.JUNIT, both.toArray(RunReport[]::new)));
    assertThat(Reports.elements(file, "testsuite")).hasSize(2);
  }
}
