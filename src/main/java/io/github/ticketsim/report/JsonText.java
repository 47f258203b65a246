package io.github.ticketsim.report;

import java.io.StringWriter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Records as JSON objects, in lines. Names are in snake case. A component that is null, or an empty
 * {@link Optional}, is left out; an empty {@link OptionalLong} is written as null.
 *
 * <p>Tokens alone do it: a library that binds objects would come to every user of this one, who may
 * need another version of it.
 */
final class JsonText {
  private static final Pattern HUMP = Pattern.compile("(?=[A-Z])");

  /** What a component is called if its own name cannot say it; empty if it is left out. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface As {
    String value();
  }

  private static final class InLines extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }

  private JsonText() {}

  static String of(Record object) {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(new InLines(), text)) {
      write(json, object);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case OptionalLong number -> write(json, number.isPresent() ? number.getAsLong() : null);
      case Optional<?> some -> write(json, some.orElse(null));
      case List<?> elements -> {
        json.writeStartArray();
        elements.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case Map<?, ?> entries -> {
        json.writeStartObject();
        entries.forEach(
            (name, element) -> {
              json.writeName(String.valueOf(name));
              write(json, element);
            });
        json.writeEndObject();
      }
      case Record object -> {
        json.writeStartObject();
        for (var component : object.getClass().getRecordComponents()) {
          write(json, component, object);
        }
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON is known for " + value.getClass());
    }
  }

  private static void write(JsonGenerator json, RecordComponent component, Record object) {
    var as = component.getAnnotation(As.class);
    var name = as == null ? snakeCase(component.getName()) : as.value();
    var value = value(component, object);
    if (!name.isEmpty()
        && value != null
        && !(value instanceof Optional<?> some && some.isEmpty())) {
      json.writeName(name);
      write(json, value);
    }
  }

  private static @Nullable Object value(RecordComponent component, Record object) {
    try {
      return component.getAccessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String snakeCase(String name) {
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
