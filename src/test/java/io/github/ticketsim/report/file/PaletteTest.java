package io.github.ticketsim.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contrast as WCAG 2.2 measures and asks for it: 4.5 for text, 3 for shapes. */
class PaletteTest {
  private static final double TEXT = 4.5;
  private static final double SHAPE = 3;
  private static final List<Palette> GROUNDS = List.of(Palette.PAGE, Palette.SURFACE);

  @ParameterizedTest
  @EnumSource(
      value = Palette.class,
      names = {"INK", "MUTED", "VALID", "INVALID", "UNKNOWN", "SOLD"})
  void textCanBeRead(Palette text) {
    GROUNDS.forEach(ground -> assertContrast(text, ground, TEXT));
  }

  @ParameterizedTest
  @EnumSource(
      value = Palette.class,
      names = {"VALID", "INVALID", "UNKNOWN"})
  void aVerdictCanBeReadOnItsGround(Palette word) {
    var ground = Palette.valueOf(word.name() + "_SOFT");
    assertContrast(word, ground, TEXT);
    assertContrast(Palette.INK, ground, TEXT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Palette.class,
      names = {"SOLD", "SOLD_OUT", "LIMITED", "FAILED", "INDETERMINATE", "P50", "P99", "LONGEST"})
  void shapesCanBeSeen(Palette shape) {
    GROUNDS.forEach(ground -> assertContrast(shape, ground, SHAPE));
  }

  private static void assertContrast(Palette front, Palette ground, double least) {
    for (var shade : List.<Function<Palette, String>>of(Palette::light, Palette::dark)) {
      assertThat(contrast(shade.apply(front), shade.apply(ground)))
          .as(front + " on " + ground)
          .isGreaterThanOrEqualTo(least);
    }
  }

  private static double contrast(String one, String other) {
    var brighter = Math.max(luminance(one), luminance(other));
    var darker = Math.min(luminance(one), luminance(other));
    return (brighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
  }

  private static double linear(String colour, int start) {
    var share = Integer.parseInt(colour.substring(start, start + 2), 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
