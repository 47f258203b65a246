package io.github.ticketsim.sale;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is on sale, if that is more than one thing. */
public sealed interface Items {
  /** More could not be asked for one by one. */
  int MOST = 100_000;

  /** So many, named by their numbers from 1 up. */
  record Numbered(int count) implements Items {
    @Override
    public List<String> names(Optional<DataTable> data) {
      return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
  }

  /** These. */
  record Named(List<String> names) implements Items {
    @Override
    public List<String> names(Optional<DataTable> data) {
      return names;
    }
  }

  /** What stands in a column of the data, each once. */
  record OfColumn(String column) implements Items {
    @Override
    public List<String> names(Optional<DataTable> data) {
      var table =
          data.orElseThrow(
              () -> new IllegalArgumentException("names a column, and there is no data"));
      return checked(table.column(column).stream().distinct().toList());
    }
  }

  /** Digits alone say how many there are. */
  Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  /**
   * The names of all items.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  List<String> names(Optional<DataTable> data);

  /**
   * Reads a number, or names with commas between.
   *
   * @throws IllegalArgumentException if {@code text} is neither
   */
  static Items parse(String text) {
    return COUNT.matcher(text).matches()
        ? numbered(Long.parseLong(text))
        : named(Stream.of(text.split(",", -1)).map(String::strip).toList());
  }

  /**
   * So many items.
   *
   * @throws IllegalArgumentException if there is none, or too many
   */
  static Items numbered(long count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("%d, expected 1 to %d, or names".formatted(count, MOST));
    }
    return new Numbered((int) count);
  }

  /**
   * Items of these names.
   *
   * @throws IllegalArgumentException if there is none, or a name is empty or stands twice
   */
  static Items named(List<String> names) {
    return new Named(checked(List.copyOf(names)));
  }

  private static List<String> checked(List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException(
            name.isBlank() ? "has a name that is empty" : "names '" + name + "' twice");
      }
    }
    return bounded(names);
  }

  private static <T extends Collection<?>> T bounded(T names) {
    if (names.isEmpty() || names.size() > MOST) {
      throw new IllegalArgumentException(
          "%d names, expected 1 to %d".formatted(names.size(), MOST));
    }
    return names;
  }
}
