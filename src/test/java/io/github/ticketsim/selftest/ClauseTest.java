package io.github.ticketsim.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.PartClock;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Unjudged;
import io.github.ticketsim.verify.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verifier's own sources, each time with one clause taken out: a finding that it no longer
 * makes, or an advice that it no longer gives. Every one is missed by some kind of history, or by
 * what is counted of random sales.
 */
class ClauseTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/ticketsim/verify");
  private static final int SMALL = 10;
  private static final String CLASSES = "target/classes";
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  /**
   * A clause that can be taken out.
   *
   * @param from where it begins in the text of its file
   * @param to where it ends
   */
  record Clause(Path file, long line, int from, int to) {
    @Override
    public String toString() {
      return file.getFileName() + ":" + line;
    }
  }

  @TempDir private Path mutant;

  static List<Clause> clauses() throws IOException {
    var clauses = new ArrayList<Clause>();
    try (var files = Files.list(SOURCES)) {
      for (var file : files.sorted().toList()) {
        clauses.addAll(clauses(file));
      }
    }
    assertThat(clauses).hasSizeGreaterThan(20);
    return clauses;
  }

  private static List<Clause> clauses(Path file) throws IOException {
    var text = Files.readString(file);
    var task = (JavacTask) compilation(file, text, List.of());
    var unit = task.parse().iterator().next();
    var positions = Trees.instance(task).getSourcePositions();
    var clauses = new ArrayList<Clause>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitExpressionStatement(ExpressionStatementTree statement, Void unused) {
        var from = (int) positions.getStartPosition(unit, statement);
        var to = (int) positions.getEndPosition(unit, statement);
        if (isClause(statement, text.substring(from, to))) {
          clauses.add(new Clause(file, unit.getLineMap().getLineNumber(from), from, to));
        }
        return super.visitExpressionStatement(statement, null);
      }
    }.scan(unit, null);
    return clauses;
  }

  private static boolean isClause(ExpressionStatementTree statement, String text) {
    return statement.getExpression() instanceof MethodInvocationTree
        && Stream.of("findings.fail(", "findings.notExercised(", "advice.add(")
            .anyMatch(text::startsWith);
  }

  /** {@code -Dgolden.write=true} writes the expected counts anew; read the diff. */
  @Test
  void countsOfRandomSalesStayAsTheyAre() throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      CountedSales.write();
    }
    assertThat(CountedSales.counts()).isEqualTo(CountedSales.expected());
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void isMissedWhenItIsTakenOut(Clause clause) throws Exception {
    var text = Files.readString(clause.file());
    var without = text.substring(0, clause.from()) + ";" + text.substring(clause.to());
    assertThat(compilation(clause.file(), without, List.of("-d", mutant.toString())).call())
        .as("compiles")
        .isTrue();

    assertThat(firstFault(mutant)).as("a line of the self-test that fails").isNotNull();
  }

  /** Asks the verifier in {@code folder}, and for the rest of its package the usual one. */
  private static Object firstFault(Path folder) throws Exception {
    var own = new OwnClasses(List.of(folder, Path.of(CLASSES), Path.of("target/test-classes")));
    var method = own.loadClass(ClauseTest.class.getName()).getDeclaredMethod("firstFault");
    method.setAccessible(true);
    return method.invoke(null);
  }

  /** Runs where all classes of the project are of one loader. The quickest to judge come first. */
  static @Nullable String firstFault() throws IOException {
    try {
      if (CountedSales.differs()) {
        return "other counts of random sales";
      }
      return claimsSomethingOfAPart() ? "a claim about a part alone" : firstFaultOfKinds();
    } catch (RuntimeException e) {
      return "breaks down on a random sale: " + e;
    }
  }

  /** What one part alone seems to have sold twice, another part may explain. */
  private static boolean claimsSomethingOfAPart() {
    var random = new Random(1);
    var sale = SampleSale.legal(Model.COUNTER, 2, SampleSale.Shape.calm(4), random);
    var part =
        new Division.OnePart(0, 2, OptionalLong.empty(), OptionalLong.empty(), PartClock.EXACT);
    return Unjudged.part(sale.history(random), part).checks().stream()
        .noneMatch(check -> check.status() == Status.NOT_EXERCISED);
  }

  private static @Nullable String firstFaultOfKinds() {
    return Stream.concat(faults(size -> size <= SMALL), faults(size -> size > SMALL))
        .findFirst()
        .orElse(null);
  }

  private static Stream<String> faults(IntPredicate sizes) {
    return io.github.ticketsim.selftest.HistoryClass.all().stream()
        .flatMap(
            kind ->
                kind.models().stream()
                    .flatMap(model -> kind.cases(model, 1).stream())
                    .filter(each -> sizes.test(each.size()))
                    .flatMap(each -> kind.maker().apply(each).fault(Verifier::verify).stream()));
  }

  private static JavaCompiler.CompilationTask compilation(
      Path file, String text, List<String> options) {
    var all =
        Stream.concat(
            options.stream(),
            Stream.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")));
    return JAVAC.getTask(null, null, _ -> {}, all.toList(), null, List.of(new Text(file, text)));
  }

  /** A source file that is only in memory. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(Path file, String text) {
      super(URI.create("memory:///" + file.getFileName()), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Loads the project's classes itself, from the first folder that has them. */
  private static final class OwnClasses extends ClassLoader {
    private final List<Path> folders;

    OwnClasses(List<Path> folders) {
      super(ClauseTest.class.getClassLoader());
      this.folders = folders;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        if (loaded != null || !name.startsWith("io.github.ticketsim.")) {
          return loaded != null ? loaded : super.loadClass(name, resolve);
        }
        var file = name.replace('.', '/') + ".class";
        for (var folder : folders) {
          if (Files.exists(folder.resolve(file))) {
            return define(name, folder.resolve(file));
          }
        }
        throw new ClassNotFoundException(name);
      }
    }

    private Class<?> define(String name, Path file) throws ClassNotFoundException {
      try {
        var bytes = Files.readAllBytes(file);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
