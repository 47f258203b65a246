package io.github.ticketsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ticketsim.report.SavedStorm;
import io.github.ticketsim.run.RunListener;
import io.github.ticketsim.run.StormRun;
import io.github.ticketsim.storm.StormClock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What a user of the library can see of it. */
@AnalyzeClasses(packages = "io.github.ticketsim", importOptions = DoNotIncludeTests.class)
class ApiTest {
  private static final String API = "io.github.ticketsim";

  @ArchTest
  static void nothingInternalIsReachable(JavaClasses classes) {
    var seen =
        api(classes)
            .flatMap(ApiTest::types)
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .collect(Collectors.toSet());

    assertThat(seen)
        .extracting(JavaClass::getSimpleName)
        .contains("Report", "Verdict", "Reply", "Purchase", "ShopOrder", "Path", "Optional");
    assertThat(seen).filteredOn(Predicate.not(ApiTest::isForUsers)).isEmpty();
  }

  private static Stream<JavaClass> api(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(API))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static Stream<JavaType> types(JavaClass type) {
    var supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    var members = type.getMembers().stream().filter(ApiTest::isVisible).flatMap(ApiTest::types);
    return Stream.concat(supertypes, members);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> types(JavaMember member) {
    return switch (member) {
      case JavaField field -> Stream.of(field.getType());
      case JavaCodeUnit unit ->
          Stream.of(
                  Stream.of(unit.getReturnType()),
                  unit.getParameterTypes().stream(),
                  unit.getExceptionTypes().stream().map(JavaType.class::cast))
              .flatMap(types -> types);
      default -> throw new AssertionError(member);
    };
  }

  private static boolean isForUsers(JavaClass type) {
    return type.isPrimitive()
        || type.getPackageName().startsWith("java.")
        || (type.getPackageName().equals(API) && type.getModifiers().contains(JavaModifier.PUBLIC));
  }

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    var marked =
        classes.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertThat(classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .isEqualTo(marked);
  }

  @ArchTest
  static final ArchRule commandLineAndLibraryStormInOneWay =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SavedStorm.class)
          .should()
          .callMethod(StormRun.class, "run", StormClock.class, RunListener.class);
}
