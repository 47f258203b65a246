package io.github.ticketsim.ledger;

import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the lines of one history. */
final class HistoryWriter {
  private static final int PLAIN_FORMAT = 1;
  private static final int FORMAT = 2;

  private final History history;

  HistoryWriter(History history) {
    this.history = history;
  }

  void write(OutputStream out) {
    var factory = JsonFactory.builder().rootValueSeparator("\n").build();
    try (var json = factory.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      writeRun(json, history.run());
      var attempts = history.attempts();
      for (var i = 0; i < attempts.size(); i++) {
        writeAttempt(json, attempts.get(i));
      }
      history.faults().forEach(fault -> writeFault(json, fault));
      history.orders().forEach(order -> writeOrder(json, order));
      writeEnding(json, history.ending());
      json.writeRaw('\n');
    }
  }

  private void writeRun(JsonGenerator json, Run run) {
    json.writeStartObject();
    json.writeStringProperty("type", "run");
    json.writeNumberProperty("format", history.plain() ? PLAIN_FORMAT : FORMAT);
    json.writeStringProperty("run", run.id().toString());
    json.writeStringProperty("started", run.started().toString());
    json.writeStringProperty("strategy", run.strategy());
    if (run.brokenOnPurpose()) {
      json.writeBooleanProperty("broken_on_purpose", true);
    }
    json.writeStringProperty("model", run.model().wireName());
    json.writeStringProperty("key", run.key());
    json.writeNumberProperty("stock", run.stock());
    json.writeNumberProperty("buyers", run.buyers());
    writeOptional(json, "limit", run.terms().limit());
    if (!run.terms().items().isEmpty()) {
      writeNumbers(json, "items", run.terms().items());
    }
    run.division().ifPresent(division -> writeDivision(json, division));
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

  private static void writeDivision(JsonGenerator json, Division division) {
    switch (division) {
      case Division.OnePart part -> {
        json.writeNumberProperty("part", part.part());
        json.writeNumberProperty("parts", part.parts());
        writeOptional(json, "demand", part.demand());
        writeOptional(json, "whole_demand", part.wholeDemand());
        var clock = part.clock();
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("offset", clock.offsetNanos());
        numbers.put("rate_ppb", clock.ratePpb());
        numbers.put("bound", clock.boundNanos());
        numbers.put("least", clock.leastNanos());
        numbers.put("stepped", clock.steppedNanos());
        writeNumbers(json, "clock", numbers);
      }
      case Division.AllParts joined -> {
        json.writeNumberProperty("parts", joined.parts());
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("within", joined.withinNanos());
        numbers.put("least", joined.leastNanos());
        numbers.put("stepped", joined.steppedNanos());
        writeNumbers(json, "clock", numbers);
      }
    }
  }

  private static void writeAttempt(JsonGenerator json, Attempt attempt) {
    json.writeStartObject();
    json.writeStringProperty("type", "buy");
    json.writeStringProperty("id", attempt.id().toString());
    json.writeNumberProperty("timestamp", attempt.timestampMillis());
    json.writeNumberProperty("buyer", attempt.buyer());
    if (!attempt.particulars().equals(Particulars.NONE)) {
      writeParticulars(json, attempt.particulars());
    }
    writeOptional(json, "intended", attempt.intendedNanos());
    writeOptional(json, "pool_wait", attempt.poolWaitNanos());
    json.writeNumberProperty("call", attempt.callNanos());
    writeOptional(json, "return", attempt.returnNanos());
    json.writeStringProperty("outcome", attempt.outcome().kind().wireName());
    if (attempt.outcome().kind().replied()) {
      writeOptional(json, "value", attempt.outcome().value());
    } else {
      json.writeStringProperty("error", attempt.outcome().error());
    }
    json.writeEndObject();
  }

  private static void writeParticulars(JsonGenerator json, Particulars particulars) {
    writeName(json, "customer", particulars.customer());
    writeName(json, "item", particulars.item());
    if (particulars.quantity() != 1) {
      json.writeNumberProperty("quantity", particulars.quantity());
    }
    writeName(json, "key", particulars.key());
    writeName(json, "order", particulars.order());
  }

  private static void writeOrder(JsonGenerator json, Order order) {
    json.writeStartObject();
    json.writeStringProperty("type", "order");
    json.writeStringProperty("order", order.id());
    writeName(json, "customer", order.customer());
    writeName(json, "item", order.item());
    if (order.quantity().isPresent()) {
      json.writeNumberProperty("quantity", order.quantity().getAsInt());
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
    if (!ending.leftByItem().isEmpty()) {
      writeNumbers(json, "left", ending.leftByItem());
    } else if (settlement.left().isPresent()) {
      json.writeNumberProperty("left", settlement.left().getAsLong());
    } else {
      json.writeNullProperty("left");
    }
    json.writeBooleanProperty("settled", settlement.settled());
    settlement.problem().ifPresent(problem -> json.writeStringProperty("problem", problem));
    writeOptional(json, "orders", ending.orders());
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

  private static void writeName(JsonGenerator json, String field, Optional<String> name) {
    name.ifPresent(known -> json.writeStringProperty(field, known));
  }

  private static void writeNumbers(JsonGenerator json, String field, Map<String, Long> numbers) {
    json.writeObjectPropertyStart(field);
    numbers.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }
}
