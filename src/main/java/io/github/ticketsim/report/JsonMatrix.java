package io.github.ticketsim.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.ticketsim.selftest.Matrix;
import io.github.ticketsim.stock.Model;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The outcome of a self-test as one JSON object; the records here are its shape. */
record JsonMatrix(
    int format,
    boolean passed,
    boolean complete,
    long seed,
    List<KindEntry> judge,
    List<StormEntry> storms) {

  private static final int FORMAT = 1;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record KindEntry(
      String kind,
      String expected,
      boolean passed,
      Map<String, ScoreEntry> models,
      @Nullable String fault) {}

  record ScoreEntry(int right, int tried) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StormEntry(
      String strategy,
      boolean sound,
      boolean passed,
      int right,
      int tried,
      @Nullable String fault) {}

  /** {@code matrix} as indented JSON. */
  static String of(Matrix matrix) {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(shape(matrix));
  }

  private static JsonMatrix shape(Matrix matrix) {
    return new JsonMatrix(
        FORMAT,
        matrix.passed(),
        matrix.complete(),
        matrix.seed(),
        matrix.judge().stream().map(JsonMatrix::line).toList(),
        matrix.storms().stream()
            .map(
                line ->
                    new StormEntry(
                        line.strategy(),
                        line.sound(),
                        line.passed(),
                        line.right(),
                        line.tried(),
                        line.fault().orElse(null)))
            .toList());
  }

  private static KindEntry line(Matrix.Line line) {
    var models = new TreeMap<String, ScoreEntry>();
    for (Map.Entry<Model, Matrix.Score> each : line.scores().entrySet()) {
      models.put(
          each.getKey().word(), new ScoreEntry(each.getValue().right(), each.getValue().tried()));
    }
    return new KindEntry(
        line.kind().name(),
        line.kind().expected().name().toLowerCase(Locale.ROOT),
        line.passed(),
        models,
        line.fault().orElse(null));
  }
}
