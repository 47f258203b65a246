package io.github.ticketsim.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.CharBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of switches over types before the launcher starts them. */
@Timeout(60)
class TypeSwitchesTest {

  /** What is switched upon. */
  sealed interface Shape {
    /** Has a part to look into. */
    record Pair(Object first, Object second) implements Shape {}

    /** Has none. */
    record Dot() implements Shape {}

    /** A switch in an interface. */
    private static String name(Shape shape) {
      return switch (shape) {
        case Pair _ -> "pair";
        case Dot _ -> "dot";
      };
    }
  }

  /** Two switches, one of which tries again further down. */
  static final class Switches {
    private Switches() {}

    static String of(Object value) {
      return switch (value) {
        case null -> "null";
        case Shape.Pair(String first, Integer second) when second > 1 -> first + second;
        case Shape.Pair(String first, Integer _) -> first;
        case Shape.Pair pair -> "pair of " + of(pair.second());
        case Shape.Dot dot -> Shape.name(dot);
        case CharSequence text when text.isEmpty() -> "empty";
        case CharSequence text -> "text " + text;
        default -> "else";
      };
    }

    static List<String> ofPairs(String first) {
      return Stream.of(
              new Shape.Pair(first, 2),
              new Shape.Pair(first, 1),
              new Shape.Pair(1, new Shape.Dot()),
              new Shape.Pair(first, ""),
              new Shape.Pair(null, null))
          .map(Switches::of)
          .toList();
    }
  }

  /** One switch over types alone, and one with constants among its labels. */
  static final class Constants {
    private Constants() {}

    static String of(Object value) {
      return switch (value) {
        case Shape.Dot _ -> "dot";
        case String text when text.isEmpty() -> "empty";
        case String text -> text;
        default -> "else";
      };
    }

    static String of(String value) {
      return switch (value) {
        case "one" -> "1";
        case String text when text.isEmpty() -> "empty";
        case String text -> text;
      };
    }
  }

  /** Defines some classes anew, changed, and all else as it is. */
  private static final class Changed extends ClassLoader {
    private Changed() {
      super(TypeSwitchesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(TypeSwitchesTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      var model = model(name);
      var content = ClassFile.of().transformClass(model, TypeSwitches.replacing(model));
      return defineClass(name, content, 0, content.length);
    }
  }

  private static ClassModel model(String name) {
    try (var file =
        TypeSwitchesTest.class.getResourceAsStream(
            name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      return ClassFile.of().parse(file.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ClassModel changed(Class<?> type) {
    var model = model(type.getName());
    return ClassFile.of()
        .parse(ClassFile.of().transformClass(model, TypeSwitches.replacing(model)));
  }

  /** What the changed method says to {@code value}. */
  private static Object said(String type, String method, Class<?> of, Object value)
      throws ReflectiveOperationException {
    var changed = new Changed().loadClass(TypeSwitchesTest.class.getName() + "$" + type);
    var called = changed.getDeclaredMethod(method, of);
    called.setAccessible(true);
    return called.invoke(null, value);
  }

  @Test
  void saysTheSameOfAllThatTheOriginalKnows() throws ReflectiveOperationException {
    for (var value : List.of("", "a", CharBuffer.wrap("b"), 1, List.of(), new Object[0])) {
      assertThat(said("Switches", "of", Object.class, value)).isEqualTo(Switches.of(value));
    }
    assertThat(said("Switches", "of", Object.class, null)).isEqualTo("null");
  }

  @Test
  void triesTheLabelsFurtherDownWhereAGuardOrAPartDoesNotFit() throws ReflectiveOperationException {
    assertThat(said("Switches", "ofPairs", String.class, "a"))
        .isEqualTo(List.of("a2", "a", "pair of dot", "pair of empty", "pair of null"))
        .isEqualTo(Switches.ofPairs("a"));
  }

  @ParameterizedTest
  @ValueSource(classes = {Switches.class, Shape.class})
  void noneIsLeft(Class<?> type) {
    assertThat(TypeSwitches.existIn(model(type.getName()))).isTrue();
    assertThat(TypeSwitches.existIn(changed(type))).isFalse();
  }

  @Test
  void thoseWithConstantsStay() throws ReflectiveOperationException {
    assertThat(changed(Constants.class).methods())
        .filteredOn(TypeSwitchesTest::callsTheBootstrap)
        .extracting(method -> method.methodType().stringValue())
        .containsExactly("(Ljava/lang/String;)Ljava/lang/String;");
    for (var text : List.of("one", "", "two")) {
      assertThat(said("Constants", "of", String.class, text)).isEqualTo(Constants.of(text));
      assertThat(said("Constants", "of", Object.class, text))
          .isEqualTo(Constants.of((Object) text));
    }
  }

  private static boolean callsTheBootstrap(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(
            element ->
                element instanceof InvokeDynamicInstruction call
                    && call.bootstrapMethod().methodName().equals("typeSwitch"));
  }
}
