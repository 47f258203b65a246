package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.report.RunReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a page must hold and must not do; {@link ChromiumIT} looks at it in a browser. */
class HtmlFileTest {
  private static final int MOST_BYTES = 1_000_000;

  /** 10,000,000 by hand, as the memory of tests allows. */
  private static final int MANY = Integer.getInteger("attempts", 200_000);

  private static Document page(RunReport... runs) {
    return Reports.parsed(Reports.text(ResultFile.HTML, runs));
  }

  static Stream<RunReport> everyRun() {
    return Stream.concat(
        Reports.histories().stream().map(Reports::of), Stream.of(Reports.hostile()));
  }

  @ParameterizedTest
  @MethodSource("everyRun")
  void everyPageIsWellFormedAndAsksForNothing(RunReport run) {
    var page = page(run);
    for (var element : Reports.elements(page, "*")) {
      assertThat(element.getTagName())
          .isNotIn("script", "img", "iframe", "object", "embed", "base");
      var attributes = element.getAttributes();
      for (var i = 0; i < attributes.getLength(); i++) {
        var attribute = attributes.item(i);
        assertThat(attribute.getNodeName())
            .doesNotStartWith("on")
            .isNotIn("src", "srcset", "style");
        if (attribute.getNodeName().equals("href")) {
          assertThat(attribute.getNodeValue()).isIn("data:,", "#run-1", "#run-2");
        }
      }
    }
    assertThat(Reports.elements(page, "h1"))
        .singleElement()
        .extracting(Element::getTextContent)
        .asString()
        .endsWith(run.verdict().result().name());
  }

  @Test
  void theStyleSheetReadsTheSameInHtmlAndNeedsNothing() {
    var style = Reports.elements(page(Reports.golden("valid")), "style").getFirst();
    assertThat(style.getTextContent())
        .doesNotContain("<", "&", ">", "url(", "@import", "http")
        .contains("prefers-color-scheme:dark", "@media print", "focus-visible");
  }

  @Test
  void textIsNeverMarkup() {
    var page = page(Reports.hostile());
    assertThat(page.getDocumentElement().getTextContent())
        .contains("<script>alert(1)</script>")
        .doesNotContain("\u0001");
    assertThat(Reports.text(ResultFile.HTML, Reports.hostile())).doesNotContain("<script");
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "invalid", "unknown", "unexercised", "faults", "open"})
  void theVerdictComesBeforeAllElse(String name) {
    var main = Reports.elements(page(Reports.golden(name)), "article").getFirst();
    var run = Reports.golden(name);
    assertThat(main.getFirstChild().getTextContent())
        .contains(run.verdict().result().name(), run.sentence().substring(1));
  }

  @Test
  void aWitnessIsALaneABuyerWithTheValuesAndTheContradictionInWords() {
    var page = page(Reports.golden("invalid"));
    var lanes = lanes(page).getFirst();
    var items = lanes.getElementsByTagName("li");
    assertThat(items.getLength()).isEqualTo(2);
    assertThat(items.item(0).getTextContent())
        .contains("Buyer 0", "sold", "value 1", "asked at 0, answered at +89.0 \u00b5s");
    assertThat(items.item(1).getTextContent()).contains("Buyer 1", "asked at +1.00 \u00b5s");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Ticket 1 (value 1) was handed out twice")
        .contains("were waiting for their answers at the same time")
        .contains("In either order one ticket has two owners.");
    assertThat(bars(lanes)).allMatch(bar -> bar.getAttribute("class").contains("sold"));
  }

  @Test
  void oneThatCameLaterIsDrawnBehindOneThatWasOver() {
    var run =
        Reports.of(Reports.history("bounded-c3-real-time-order-later-ticket-came-back-first-bad"));
    var page = page(run);
    var lanes = lanes(page).getFirst();
    var bars = bars(lanes);
    assertThat(left(bars.getFirst()) + width(bars.getFirst()))
        .isLessThanOrEqualTo(left(bars.get(1)));
    assertThat(lanes.getTextContent()).contains("first answered, then asked");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Buyer 0 had its answer 1 ns before buyer 1 asked, so buyer 0 came first.")
        .contains("The values say the opposite.");
  }

  @Test
  void anAttemptWithoutAReplyHasNoEnd() {
    var lanes = lanes(page(Reports.golden("faults"))).getFirst();
    assertThat(bars(lanes))
        .hasSize(2)
        .allMatch(bar -> bar.getAttribute("class").contains("open"))
        .allSatisfy(bar -> assertThat(left(bar) + width(bar)).isEqualTo(100));
    assertThat(lanes.getTextContent()).contains("no answer", "Read timed out");
    assertThat(page(Reports.golden("faults")).getDocumentElement().getTextContent())
        .contains("Fault drop-reply:40% at +100 ns, command 2: its reply was dropped");
  }

  @Test
  void severalRunsAreOnePage() {
    var page = page(Reports.golden("valid"), Reports.golden("invalid"));
    assertThat(Reports.elements(page, "article")).hasSize(2);
    assertThat(Reports.elements(page, "a"))
        .extracting(link -> link.getAttribute("href"))
        .containsExactly("#run-1", "#run-2");
  }

  @Test
  void aPageOfMillionsIsNoLargerThanOneOfThousands() {
    var large = Reports.text(ResultFile.HTML, Reports.large(MANY));
    assertThat(large.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES / 5);
    assertThat(Reports.elements(Reports.parsed(large), "h1")).hasSize(1);
  }

  private static List<Element> lanes(Document page) {
    return Reports.elements(page, "div").stream()
        .filter(each -> each.getAttribute("class").equals("lanes"))
        .toList();
  }

  private static List<Element> bars(Element lanes) {
    var bars = lanes.getElementsByTagName("rect");
    return Stream.iterate(0, i -> i < bars.getLength(), i -> i + 1)
        .map(i -> (Element) bars.item(i))
        .filter(each -> Set.of(each.getAttribute("class").split(" ")).contains("bar"))
        .toList();
  }

  private static double left(Element bar) {
    return number(bar, "x");
  }

  private static double width(Element bar) {
    return number(bar, "width");
  }

  private static double number(Element bar, String attribute) {
    return Double.parseDouble(bar.getAttribute(attribute).replace("%", ""));
  }
}
