package io.github.ticketsim.report.file;

import io.github.ticketsim.ledger.WholeFile;
import io.github.ticketsim.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which files somebody asked for. */
public final class ResultFiles {
  private final Map<ResultFile, Path> places = new EnumMap<>(ResultFile.class);

  /** Those at {@code places}. */
  public ResultFiles(Map<ResultFile, Path> places) {
    this.places.putAll(places);
  }

  /**
   * Makes sure that each can be written, and writes none.
   *
   * @throws FileUnavailableException if one cannot
   */
  public void require() throws FileUnavailableException {
    for (var each : places.entrySet()) {
      try {
        WholeFile.require(each.getValue());
      } catch (IOException e) {
        throw new FileUnavailableException(each.getKey(), each.getValue(), e);
      }
    }
  }

  /**
   * Writes each: a summary behind what its file holds already, all others in its place.
   *
   * @param runs at least one
   * @return why some of them could not be written, in a line each
   */
  public List<String> write(List<RunReport> runs) {
    var problems = new ArrayList<String>();
    places.forEach(
        (kind, place) -> {
          try {
            write(kind, place, kind.text(runs));
          } catch (IOException e) {
            problems.add(String.valueOf(new FileUnavailableException(kind, place, e).getMessage()));
          }
        });
    return problems;
  }

  private static void write(ResultFile kind, Path place, String text) throws IOException {
    // The text of foreign servers may hold half a character, which encodes to a question mark.
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (kind.grows()) {
      Files.write(place, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } else {
      WholeFile.write(place, part -> Files.write(part, bytes));
    }
  }

  /** What tells GitHub of {@code runs}, in lines for its runner. */
  public static List<String> annotations(List<RunReport> runs) {
    return runs.stream().flatMap(run -> Annotations.of(run).stream()).toList();
  }
}
