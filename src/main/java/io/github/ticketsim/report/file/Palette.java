package io.github.ticketsim.report.file;

import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The colours of the page. Each repeats what a word or a shape says. */
enum Palette {
  /** Behind everything. */
  PAGE("#f6f7f8", "#111417"),
  /** Behind what belongs together. */
  SURFACE("#ffffff", "#1a1e23"),
  /** Text. */
  INK("#1a1d21", "#e9ecef"),
  /** Text beside the point. */
  MUTED("#59616b", "#a8b0ba"),
  /** Rules between things. */
  RULE("#d9dde2", "#363d46"),
  /** The verdict, and a check that passed. */
  VALID("#1a7434", "#5fcb80"),
  /** Behind that word. */
  VALID_SOFT("#e7f5ea", "#16301e"),
  /** The verdict, and a check that failed. */
  INVALID("#b81f30", "#ff8b94"),
  /** Behind that word. */
  INVALID_SOFT("#fdeef0", "#3b191e"),
  /** The verdict, and a check that was not exercised. */
  UNKNOWN("#805300", "#eabb58"),
  /** Behind that word. */
  UNKNOWN_SOFT("#fdf4df", "#33290f"),
  /** An attempt that was sold a ticket. */
  SOLD("#0f68c4", "#62adff"),
  /** An attempt that was refused for want of tickets. */
  SOLD_OUT("#77808b", "#8d97a3"),
  /** An attempt that was refused since the customer may have no more. */
  LIMITED("#7a48bd", "#b796f3"),
  /** An attempt that was proven not to have been executed. */
  FAILED("#b4540a", "#f09a54"),
  /** An attempt of unknown fate. */
  INDETERMINATE("#b83280", "#f086ba"),
  /** Half of the times are below. */
  P50("#0f68c4", "#62adff"),
  /** All but one in a hundred are below. */
  P99("#b4540a", "#f09a54"),
  /** The longest. */
  LONGEST("#77808b", "#8d97a3");

  private final String light;
  private final String dark;

  Palette(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /** In daylight and on paper, as {@code #rrggbb}. */
  String light() {
    return light;
  }

  /** In the dark. */
  String dark() {
    return dark;
  }

  /** The name that the style sheet uses. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class of what shows {@code kind}. */
  static String of(Outcome.Kind kind) {
    return valueOf(kind.name()).word();
  }

  /** The part of a style sheet that says what the names stand for. */
  static String css() {
    return ":root{color-scheme:light dark;%s}%n@media screen and (prefers-color-scheme:dark){:root{%s}}%n"
        .formatted(
            Arrays.stream(values())
                .map(each -> "--" + each.word() + ":" + each.light + ";")
                .collect(Collectors.joining()),
            Arrays.stream(values())
                .map(each -> "--" + each.word() + ":" + each.dark + ";")
                .collect(Collectors.joining()));
  }
}
