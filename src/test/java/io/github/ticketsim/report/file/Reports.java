package io.github.ticketsim.report.file;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.Ledger;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.metrics.Limit;
import io.github.ticketsim.report.RunReport;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Reports to write, and what was written of them. */
final class Reports {
  private static final Path HISTORIES = Path.of("src/test/resources/reports");

  /** What must not become markup, a command or a metric of its own. */
  static final String HOSTILE = "<script>alert(1)</script> | `x` \" # TYPE\n::error::\\%\u0001";

  private Reports() {}

  /** Of one of the histories that the golden reports are of. */
  static RunReport golden(String name, String... limits) {
    return of(HISTORIES.resolve(name + ".ndjson"), limits);
  }

  static RunReport of(Path history, String... limits) {
    try {
      return RunReport.of(
          RunResult.of(HistoryFile.read(history)),
          "runs/" + history.getFileName(),
          Stream.of(limits).map(Limit::parse).toList());
    } catch (Exception e) {
      throw new IllegalStateException(history.toString(), e);
    }
  }

  /** All histories that are in the tests. */
  static List<Path> histories() {
    try (var all = Files.list(Path.of("src/test/resources/histories"))) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them. */
  static Path history(String name) {
    return Path.of("src/test/resources/histories", name + ".ndjson");
  }

  /** A run in which everything that a server or a user can name is hostile. */
  static RunReport hostile() {
    var ledger = new Ledger();
    ledger.append(attempt(0, new Outcome.Indeterminate(HOSTILE)));
    ledger.append(attempt(1, new Outcome.Failed(HOSTILE)));
    ledger.append(attempt(2, new Outcome.Sold(OptionalLong.of(0))));
    ledger.append(attempt(3, new Outcome.Sold(OptionalLong.of(0))));
    var setup =
        new Run.Setup(
            HOSTILE, HOSTILE, HOSTILE, 1, 1, OptionalLong.empty(), /* sameRequest= */ false);
    return report(
        new Run(
            new UUID(0, 0),
            Instant.EPOCH,
            HOSTILE,
            false,
            Model.COUNTER,
            HOSTILE,
            1,
            4,
            0,
            Optional.of(setup),
            Run.Terms.NONE),
        ledger);
  }

  /** A sound sale of half as many tickets as there are buyers, one every microsecond. */
  static RunReport large(int buyers) {
    var ledger = new Ledger();
    for (var i = 0; i < buyers; i++) {
      var left = OptionalLong.of(buyers / 2 - 1 - i);
      ledger.append(
          attempt(i, i < buyers / 2 ? new Outcome.Sold(left) : new Outcome.SoldOut(left)));
    }
    return report(
        Run.of(
            new UUID(0, 0),
            Instant.EPOCH,
            "decr",
            Model.COUNTER,
            "ticket:stock",
            buyers / 2,
            buyers,
            Optional.empty()),
        ledger);
  }

  private static Attempt attempt(int index, Outcome outcome) {
    return Attempt.of(
        new UUID(0, index),
        0,
        index,
        OptionalLong.empty(),
        index * 1_000L,
        outcome.kind() == Outcome.Kind.INDETERMINATE
            ? OptionalLong.empty()
            : OptionalLong.of(index * 1_000L + 5_000 + index % 7 * 100L),
        outcome);
  }

  private static RunReport report(Run run, Ledger ledger) {
    var attempts = ledger.freeze();
    var left = Settlement.settled(run.stock() - attempts.size());
    var history = History.of(run, attempts, new Ending(left, Ending.StopReason.NONE));
    return RunReport.of(RunResult.of(history), HOSTILE, List.of());
  }

  static String text(ResultFile kind, RunReport... runs) {
    try {
      return kind.text(List.of(runs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses what is not well-formed. */
  static Document parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new IllegalStateException(xml, e);
    }
  }

  /** All elements of a name, {@code *} for all. */
  static List<Element> elements(Document document, String name) {
    var nodes = document.getElementsByTagName(name);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> (Element) nodes.item(i))
        .toList();
  }
}
