package io.github.ticketsim.report;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.sale.JsonValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that are saved in a folder. What each came to is what was written when it was saved;
 * nothing is judged again.
 *
 * @param folders the newest first
 */
public record RunList(List<Path> folders) {
  /**
   * Finds them.
   *
   * @throws IOException if {@code out} cannot be read
   */
  public static RunList in(Path out) throws IOException {
    try (var all = Files.list(out)) {
      return new RunList(
          all.filter(each -> Files.isDirectory(each) && !Files.isSymbolicLink(each))
              .filter(RunList::isRun)
              .sorted(Comparator.reverseOrder())
              .toList());
    }
  }

  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(HistoryFile.NAME))
        || Files.exists(folder.resolve(HistoryFile.COMPRESSED_NAME));
  }

  /** Prints a line a run. */
  public void print(PrintWriter out) {
    var page = new TextPage(out, false);
    var width = folders.stream().mapToInt(each -> name(each).length()).max().orElse(0);
    var table = new Table(page).left(0, Math.max(3, width)).left(2, 7).right(2, 15).right(1, 11);
    table.header("run", "verdict", "sold", "replies/s");
    for (var folder : folders) {
      report(folder)
          .ifPresentOrElse(
              report ->
                  table.row(
                      name(folder),
                      TextPage.plain(report.getOrDefault("/verdict", "?")),
                      sold(report),
                      words("%,.0f", number(report, "/throughput/replies_per_second"))),
              () -> table.row(name(folder), "not judged yet: `ticket-sim report` does"));
    }
  }

  private static String name(Path folder) {
    return TextPage.plain(String.valueOf(folder.getFileName()));
  }

  /** What was saved, by pointers, if it can be read. */
  private static Optional<Map<String, String>> report(Path folder) {
    try {
      return Optional.of(JsonValues.of(Files.readAllBytes(folder.resolve(RunFolder.REPORT_NAME))));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String sold(Map<String, String> report) {
    var least = number(report, "/sold/at_least");
    var most = number(report, "/sold/at_most");
    return (least == most ? words("%,.0f", least) : words("%,.0f-%,.0f", least, most))
        + words(" of %,.0f", number(report, "/sold/tickets"));
  }

  private static double number(Map<String, String> report, String pointer) {
    try {
      return Double.parseDouble(report.getOrDefault(pointer, "0"));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
