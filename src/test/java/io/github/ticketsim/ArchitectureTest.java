package io.github.ticketsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ticketsim.storm.StormClock;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shape of the house: who may lean on whom, and which room each outside library lives in. */
@AnalyzeClasses(packages = "io.github.ticketsim", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.ticketsim.";

  @ArchTest
  static final ArchRule dependenciesRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.github.ticketsim..")
          .layer("cli")
          .definedBy(ROOT + "cli..")
          .layer("process")
          .definedBy(ROOT + "process..")
          .layer("library")
          .definedBy("io.github.ticketsim")
          .layer("run")
          .definedBy(ROOT + "run..")
          .layer("storm")
          .definedBy(ROOT + "storm..")
          .layer("http")
          .definedBy(ROOT + "http..")
          .layer("service")
          .definedBy(ROOT + "service..")
          .layer("fault")
          .definedBy(ROOT + "fault..")
          .layer("redis")
          .definedBy(ROOT + "redis..")
          .layer("report")
          .definedBy(ROOT + "report..")
          .layer("parts")
          .definedBy(ROOT + "parts..")
          .layer("stock.redis")
          .definedBy(ROOT + "stock.redis..")
          .layer("sale")
          .definedBy(ROOT + "sale..")
          .layer("stock.http")
          .definedBy(ROOT + "stock.http..")
          .layer("stock.sql")
          .definedBy(ROOT + "stock.sql..")
          .layer("stock.deadline")
          .definedBy(ROOT + "stock.deadline..")
          .layer("stock.method")
          .definedBy(ROOT + "stock.method..")
          .layer("selftest")
          .definedBy(ROOT + "selftest..")
          .layer("verify")
          .definedBy(ROOT + "verify..")
          .layer("metrics")
          .definedBy(ROOT + "metrics..")
          .layer("ledger.sql")
          .definedBy(ROOT + "ledger.sql..")
          .layer("ledger")
          .definedBy(ROOT + "ledger")
          .layer("stock")
          .definedBy(ROOT + "stock")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("process")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("process")
          .mayNotAccessAnyLayer()
          .whereLayer("library")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli", "library", "report", "service")
          .whereLayer("storm")
          .mayOnlyBeAccessedByLayers("cli", "library", "parts", "report", "run", "service")
          .whereLayer("fault")
          .mayOnlyBeAccessedByLayers("cli", "run")
          .whereLayer("redis")
          .mayOnlyBeAccessedByLayers("cli", "fault", "run")
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers("cli", "http")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "http", "library")
          .whereLayer("stock.redis")
          .mayOnlyBeAccessedByLayers("cli", "fault", "parts", "redis", "run", "service")
          .whereLayer("parts")
          .mayOnlyBeAccessedByLayers("cli", "library", "report", "run")
          .whereLayer("stock.http")
          .mayOnlyBeAccessedByLayers("cli", "run")
          .whereLayer("stock.sql")
          .mayOnlyBeAccessedByLayers("cli", "run")
          .whereLayer("sale")
          .mayOnlyBeAccessedByLayers(
              "cli", "library", "report", "run", "stock.http", "stock.redis", "stock.sql")
          .whereLayer("stock.method")
          .mayOnlyBeAccessedByLayers("library", "run")
          .whereLayer("stock.deadline")
          .mayOnlyBeAccessedByLayers("stock.redis", "stock.http", "stock.sql")
          .whereLayer("stock.deadline")
          .mayNotAccessAnyLayer()
          .whereLayer("selftest")
          .mayOnlyBeAccessedByLayers("cli", "report", "run")
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("cli", "library", "report", "run", "selftest")
          .whereLayer("ledger.sql")
          .mayOnlyBeAccessedByLayers("cli", "report", "service")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers(
              "cli", "fault", "http", "report", "run", "sale", "service", "storm")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers(
              "cli",
              "storm",
              "http",
              "library",
              "service",
              "fault",
              "parts",
              "report",
              "run",
              "selftest",
              "verify",
              "metrics",
              "sale",
              "stock.http",
              "stock.method",
              "stock.redis",
              "stock.sql",
              "ledger.sql")
          .whereLayer("stock")
          .mayOnlyBeAccessedByLayers(
              "cli",
              "storm",
              "http",
              "service",
              "fault",
              "parts",
              "redis",
              "report",
              "library",
              "run",
              "stock.redis",
              "stock.http",
              "stock.sql",
              "stock.method",
              "sale",
              "selftest",
              "verify",
              "metrics",
              "ledger.sql",
              "ledger");

  @ArchTest
  static void everyPackageIsOnTheMap(JavaClasses classes) throws IOException {
    var map = Files.readString(Path.of("src/main/java/io/github/ticketsim/package-info.java"));
    var manual = Files.readString(Path.of("src/site/markdown/developing.md"));
    var packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(name -> name.substring(ROOT.length()))
            .collect(Collectors.toSet());
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(map).contains("{@code " + name + "}"))
        .allSatisfy(name -> assertThat(manual).contains("`" + name + "`"));
  }

  @ArchTest
  static void noTwoTypesHaveOneName(JavaClasses classes) {
    var names =
        classes.stream()
            .map(JavaClass::getSimpleName)
            .filter(name -> !name.isEmpty() && !name.equals("package-info"))
            .filter(name -> !name.equals("Builder"));
    assertThat(names).isNotEmpty().doesNotHaveDuplicates();
  }

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.github.ticketsim.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule picocliLivesInCli = livesIn("cli", "picocli..");
  @ArchTest static final ArchRule jlineLivesInProcess = livesIn("process", "org.jline..");

  @ArchTest
  static final ArchRule jedisLivesInStockRedis = livesIn("stock.redis", "redis.clients..");

  @ArchTest static final ArchRule embeddedRedisLivesInRedis = livesIn("redis", "redis.embedded..");
  @ArchTest static final ArchRule uuidCreatorLivesInStorm = livesIn("storm", "com.github.f4b6a3..");

  @ArchTest
  static final ArchRule jsonTokensLiveWhereLinesAndAnswersAreWritten =
      livesInSome("tools.jackson.core..", "ledger", "http", "report", "sale");

  @ArchTest static final ArchRule yamlLivesInSale = livesIn("sale", "org.snakeyaml..");
  @ArchTest static final ArchRule csvLivesInSale = livesIn("sale", "org.apache.commons.csv..");

  @ArchTest
  static final ArchRule httpCoreLivesInStockHttp = livesIn("stock.http", "org.apache.hc..");

  @ArchTest
  static final ArchRule jdbcLivesInTwoPackages =
      livesInSome("java.sql..", "ledger.sql", "stock.sql");

  @ArchTest static final ArchRule sourcesLiveInLedgerSql = livesIn("ledger.sql", "javax.sql..");

  @ArchTest
  static final ArchRule sqliteLivesInTwoPackages =
      livesInSome("org.sqlite..", "ledger.sql", "stock.sql");

  @ArchTest
  static final ArchRule postgresqlLivesInTwoPackages =
      livesInSome("org.postgresql..", "ledger.sql", "stock.sql");

  @ArchTest static final ArchRule flywayLivesInLedgerSql = livesIn("ledger.sql", "org.flywaydb..");

  @ArchTest static final ArchRule helidonLivesInHttp = livesIn("http", "io.helidon..");

  @ArchTest
  static final ArchRule loggingLivesInTheService = livesInSome("org.slf4j..", "service", "http");

  @ArchTest
  static final ArchRule objectsAreNotMappedToJson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tools.jackson.databind..", "com.fasterxml.jackson..")
          .because("a user of the library may need other versions, as Spring Boot decides");

  @ArchTest
  static final ArchRule aFormatIsOneClassAndOneConstant =
      classes()
          .that()
          .implement(ROOT + "report.Renderer")
          .should()
          .onlyHaveDependentClassesThat()
          .haveSimpleName("Format");

  @ArchTest
  static final ArchRule histogramsLiveInMetrics = livesIn("metrics", "org.HdrHistogram..");

  @ArchTest
  static final ArchRule onlyCliPrintsAndExits =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli..", ROOT + "process..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Console.class);

  @ArchTest
  static final ArchRule judgingIsPure =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "verify..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.time..")
          .because("a verdict is a function of the history alone");

  @ArchTest
  static final ArchRule timeComesInByConstructor =
      noClasses()
          .that()
          .doNotBelongToAnyOf(StormClock.class)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  @ArchTest
  static final ArchRule noRoomForLeftovers =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..");

  private static ArchRule livesIn(String home, String library) {
    return livesInSome(library, home);
  }

  private static ArchRule livesInSome(String library, String... homes) {
    var packages = Stream.of(homes).map(home -> ROOT + home).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("io.github.ticketsim..")
        .and()
        .resideOutsideOfPackages(packages)
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage(library)
        .because(library + " is a matter of " + String.join(" and ", homes) + " alone");
  }
}
