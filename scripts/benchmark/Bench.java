import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Takes the figures of README's section on performance. Whatever is compared runs on this machine in turns with what it
 * is compared to, each in a process of its own; a figure is the median of all turns, with the least and the greatest.
 *
 * <p>{@code --http} measures the service instead of storms. {@code --quick} takes fewer and shorter turns, and leaves out
 * ten million attempts.
 */
final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    var options = List.of(arguments);
    var quick = options.contains("--quick");
    var table = new Table();
    var work = Files.createTempDirectory("ticket-sim-bench-");
    try {
      if (options.contains("--http")) {
        new Http(quick, work, table).measure();
      } else {
        storms(quick, work, table);
      }
    } finally {
      delete(work);
    }
    table.print(("scripts/bench " + String.join(" ", options)).strip());
  }

  private static void storms(boolean quick, Path work, Table table) throws Exception {
    var perSecond = new Storms(quick, work, table).measure();
    var histories = new Histories(quick, work, table);
    histories.measure(perSecond);
    new StartUp(quick, work, table).measure();
    if (!quick) {
      histories.tenMillion();
    }
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
