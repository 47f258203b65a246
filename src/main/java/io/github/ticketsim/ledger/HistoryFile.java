package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * A history as newline-delimited JSON, format 1: a {@code run} line, a {@code buy} line an attempt,
 * a {@code fault} line a fault, an {@code end} line. Both directions stream.
 */
public final class HistoryFile {

  /** The file's name in a run's folder. */
  public static final String NAME = "history.ndjson";

  /** The name if it is compressed. */
  public static final String COMPRESSED_NAME = NAME + ".gz";

  static final int FORMAT = 1;
  private static final int BUFFER_BYTES = 1 << 16;

  private HistoryFile() {}

  /**
   * Writes {@code history} to {@code file}, replacing it when all is written.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(History history, Path file) throws IOException {
    WholeFile.write(
        file,
        part -> {
          try (var out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES)) {
            write(history, out);
          } catch (JacksonIOException e) {
            throw e.getCause();
          }
        });
  }

  /**
   * The same, compressed by gzip (RFC 1952): about a quarter of the size.
   *
   * @throws IOException when the file cannot be written
   */
  public static void writeCompressed(History history, Path file) throws IOException {
    WholeFile.write(
        file,
        part -> {
          try (var out = new FastGzip(Files.newOutputStream(part))) {
            write(history, out);
          } catch (JacksonIOException e) {
            throw e.getCause();
          }
        });
  }

  /** Compresses as fast as it can: more effort takes several times as long, and gains little. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static void write(History history, OutputStream out) {
    var factory = JsonFactory.builder().rootValueSeparator("\n").build();
    try (var json = factory.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      writeRun(json, history.run());
      var attempts = history.attempts();
      for (var i = 0; i < attempts.size(); i++) {
        writeAttempt(json, attempts.get(i));
      }
      history.faults().forEach(fault -> writeFault(json, fault));
      writeEnding(json, history.ending());
      json.writeRaw('\n');
    }
  }

  private static void writeRun(JsonGenerator json, Run run) {
    json.writeStartObject();
    json.writeStringProperty("type", "run");
    json.writeNumberProperty("format", FORMAT);
    json.writeStringProperty("run", run.id().toString());
    json.writeStringProperty("started", run.started().toString());
    json.writeStringProperty("strategy", run.strategy());
    if (run.brokenOnPurpose()) {
      json.writeBooleanProperty("broken_on_purpose", true);
    }
    json.writeStringProperty("model", run.model().word());
    json.writeStringProperty("key", run.key());
    json.writeNumberProperty("stock", run.stock());
    json.writeNumberProperty("buyers", run.buyers());
    if (run.warmUpMillis() > 0) {
      json.writeNumberProperty("warm_up_ms", run.warmUpMillis());
    }
    run.setup()
        .ifPresent(
            setup -> {
              json.writeStringProperty("version", setup.version());
              json.writeStringProperty("server", setup.server());
              json.writeStringProperty("load", setup.load());
              json.writeNumberProperty("pool", setup.pool());
              json.writeNumberProperty("timeout_ms", setup.timeoutMillis());
              writeOptional(json, "seed", setup.seed());
              if (setup.sameRequest()) {
                json.writeBooleanProperty("same_request", true);
              }
            });
    json.writeEndObject();
  }

  private static void writeAttempt(JsonGenerator json, Attempt attempt) {
    json.writeStartObject();
    json.writeStringProperty("type", "buy");
    json.writeStringProperty("id", attempt.id().toString());
    json.writeNumberProperty("timestamp", attempt.timestampMillis());
    json.writeNumberProperty("buyer", attempt.buyer());
    writeOptional(json, "intended", attempt.intendedNanos());
    writeOptional(json, "pool_wait", attempt.poolWaitNanos());
    json.writeNumberProperty("call", attempt.callNanos());
    writeOptional(json, "return", attempt.returnNanos());
    json.writeStringProperty("outcome", attempt.outcome().kind().word());
    switch (attempt.outcome()) {
      case Outcome.Sold(var value) -> writeOptional(json, "value", value);
      case Outcome.SoldOut(var value) -> writeOptional(json, "value", value);
      case Outcome.Failed(var error) -> json.writeStringProperty("error", error);
      case Outcome.Indeterminate(var error) -> json.writeStringProperty("error", error);
    }
    json.writeEndObject();
  }

  private static void writeFault(JsonGenerator json, Fault fault) {
    json.writeStartObject();
    json.writeStringProperty("type", "fault");
    json.writeStringProperty("fault", fault.fault());
    writeOptional(json, "at", fault.atNanos());
    writeOptional(json, "command", fault.command());
    json.writeStringProperty("detail", fault.detail());
    json.writeEndObject();
  }

  private static void writeEnding(JsonGenerator json, Ending ending) {
    json.writeStartObject();
    json.writeStringProperty("type", "end");
    var settlement = ending.settlement();
    if (settlement.left().isPresent()) {
      json.writeNumberProperty("left", settlement.left().getAsLong());
    } else {
      json.writeNullProperty("left");
    }
    json.writeBooleanProperty("settled", settlement.settled());
    settlement.problem().ifPresent(problem -> json.writeStringProperty("problem", problem));
    if (ending.stopReason() != Ending.StopReason.NONE) {
      json.writeStringProperty("cut", ending.stopReason().wireName());
    }
    json.writeEndObject();
  }

  private static void writeOptional(JsonGenerator json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsLong());
    }
  }

  /**
   * Reads a history, plain or gzip'd. A file without an end line is one that was cut off.
   *
   * @throws HistoryFormatException when the file is not a history of format 1, naming the line
   * @throws IOException when the file cannot be read
   */
  public static History read(Path file) throws IOException, HistoryFormatException {
    return read(Files.newInputStream(file), file.toString());
  }

  /**
   * The same of what {@code in} still holds, which is closed.
   *
   * @param name of the stream, for what is said of its lines
   */
  public static History read(InputStream in, String name)
      throws IOException, HistoryFormatException {
    try (var lines = HistoryLines.open(name, in)) {
      var first = lines.next();
      if (first.isEmpty()) {
        throw new HistoryFormatException(name, 1, "the file is empty, expected a run line");
      }
      var run = first.get().toRun();
      var ledger = new Ledger();
      var faults = new ArrayList<Fault>();
      Optional<Ending> ending = Optional.empty();
      for (var next = lines.next(); next.isPresent(); next = lines.next()) {
        var line = next.get();
        if (ending.isPresent()) {
          throw line.broken("nothing may follow the end line");
        }
        switch (line.type()) {
          case "buy" -> ledger.append(line.toAttempt(run));
          case "fault" -> faults.add(line.toFault());
          case "end" -> ending = Optional.of(line.toEnding());
          case "run" -> throw line.broken("a second run line; a history has one, the first");
          default ->
              throw line.broken(
                  "type is '" + line.type() + "', expected one of run, buy, fault, end");
        }
      }
      var attempts = ledger.freeze();
      var buyers = buyers(run, attempts);
      if (buyers > run.buyers()) {
        throw first
            .get()
            .broken(
                "buyers is %d, but the attempts are those of %d; expected as many or more"
                    .formatted(run.buyers(), buyers));
      }
      return new History(run, attempts, List.copyOf(faults), ending.orElseGet(History::cutOff));
    }
  }

  /** How many buyers made the attempts; not counted if all their numbers are small enough. */
  private static long buyers(Run run, Attempts attempts) {
    var size = attempts.size();
    return IntStream.range(0, size).allMatch(i -> attempts.buyer(i) < run.buyers())
        ? run.buyers()
        // Sorted first, in place, since millions in a set would be as many objects.
        : distinct(IntStream.range(0, size).map(attempts::buyer).sorted().toArray());
  }

  private static long distinct(int[] sorted) {
    return IntStream.range(0, sorted.length)
        .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
        .count();
  }
}
