package io.github.ticketsim.report;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a result. */
final class JsonFormat implements Renderer {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Override
  public void render(RunReport report, boolean colour, PrintWriter out) {
    out.println(json(report));
  }

  @Override
  public void render(Comparison comparison, PrintWriter out) {
    out.println(
        comparison.runs().stream().map(this::json).collect(Collectors.joining(", ", "[ ", " ]")));
  }

  @Override
  public void render(SelftestReport report, boolean colour, PrintWriter out) {
    out.println(mapper.writeValueAsString(report));
  }

  private String json(RunReport report) {
    return mapper.writeValueAsString(JsonReport.of(report));
  }
}
