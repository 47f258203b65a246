package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages in a headless Chromium, if there is one on the PATH; else skipped. With {@code
 * -Dscreenshots=DIR} the pictures are kept, to be looked at.
 */
class ChromiumIT {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int SECONDS = 60;

  /** What a screen holds of the run, and a phone. */
  private static final List<Integer> WIDTHS = List.of(1_000, 500);

  @TempDir private Path folder;

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "invalid", "unknown", "faults", "large", "hostile"})
  void theBrowserDrawsThePageWithoutAnErrorOrARequest(String name) throws Exception {
    assumeTrue(chromium().isPresent(), "there is no Chromium on the PATH");
    var run =
        switch (name) {
          case "large" -> Reports.large(100_000);
          case "hostile" -> Reports.hostile();
          default -> Reports.golden(name);
        };
    var page = folder.resolve(name + ".html");
    Files.writeString(page, Reports.text(ResultFile.HTML, run));
    for (var width : WIDTHS) {
      for (var dark : List.of(false, true)) {
        draw(page, width, dark);
      }
    }
    print(page);
  }

  private void draw(Path page, int width, boolean dark) throws Exception {
    var kept = System.getProperty("screenshots", folder.toString());
    var picture =
        Path.of(kept, "%s-%d%s.png".formatted(page.getFileName(), width, dark ? "-dark" : ""));
    var options = new ArrayList<String>();
    options.add("--screenshot=" + picture);
    options.add("--window-size=%d,3000".formatted(width));
    if (dark) {
      options.add("--force-dark-mode");
    }
    assertQuiet(chromium(page, options));
    var image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    var corner = image.getRGB(0, image.getHeight() - 1) & 0xffffff;
    assertThat(corner)
        .as("the ground of the page")
        .isEqualTo(
            Integer.parseInt((dark ? Palette.PAGE.dark() : Palette.PAGE.light()).substring(1), 16));
  }

  private void print(Path page) throws Exception {
    var paper = folder.resolve("page.pdf");
    assertQuiet(chromium(page, List.of("--print-to-pdf=" + paper, "--no-pdf-header-footer")));
    assertThat(Files.size(paper)).isPositive();
  }

  /** Of what goes wrong in a page the browser tells its log. */
  private static void assertQuiet(String log) {
    assertThat(log.lines())
        .noneMatch(
            line -> line.contains("CONSOLE") || line.contains("ERR_") || line.contains("Refused"));
  }

  /** Every name leads nowhere, so that a request fails, and is told of. */
  private String chromium(Path page, List<String> options)
      throws IOException, InterruptedException {
    var log = folder.resolve("log");
    var command =
        new ArrayList<>(
            List.of(
                chromium().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(options);
    command.add(page.toUri().toString());
    var browser =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    var text = Files.readString(log);
    assertThat(browser.exitValue()).as(text).isZero();
    return text;
  }
}
