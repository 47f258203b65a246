import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What was measured, as a table of Markdown. */
final class Table {
  private final List<String> rows = new ArrayList<>();

  void row(String what, String ours, String beside, String ratio, String wanted) {
    rows.add("| " + String.join(" | ", what, ours, beside, ratio, wanted) + " |");
  }

  /**
   * @param command that made it
   */
  void print(String command) throws IOException {
    System.out.printf("%s, `%s`, on %s%n%n", LocalDate.now(), command, Machine.words());
    System.out.println("| what | ticket-sim | beside it | ratio | wanted |");
    System.out.println("| --- | --- | --- | --- | --- |");
    rows.forEach(System.out::println);
  }
}
