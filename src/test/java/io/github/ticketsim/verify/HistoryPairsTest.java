package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories in files, a good and a bad one of each rule that differ as little as they can. A name
 * gives the model, the clause if there is one, the check that a bad one fails, and what it shows.
 */
class HistoryPairsTest {
  private static final Path FOLDER = Path.of("src/test/resources/histories");
  private static final String OK = "-ok.ndjson";
  private static final String BAD = "-bad.ndjson";
  private static final String UNKNOWN = "-unknown.ndjson";

  static List<Path> good() throws IOException {
    return filesEndingWith(OK);
  }

  static List<Path> bad() throws IOException {
    return filesEndingWith(BAD);
  }

  static List<Path> unknown() throws IOException {
    return filesEndingWith(UNKNOWN);
  }

  private static List<Path> filesEndingWith(String suffix) throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsTheGoodOne(Path file) throws Exception {
    assertThat(judge(file).result()).isEqualTo(Result.VALID);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesTheBadOneByTheCheckItIsNamedFor(Path file) throws Exception {
    var verdict = judge(file);
    assertThat(verdict.result()).isEqualTo(Result.INVALID);
    assertThat(verdict.checks())
        .filteredOn(check -> check.status() == Status.FAIL)
        .extracting(Check::name)
        .contains(checkNamedIn(file));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void doesNotJudgeWhatProvesNothing(Path file) throws Exception {
    var verdict = judge(file);
    assertThat(verdict.result()).isEqualTo(Result.UNKNOWN);
    assertThat(verdict.advice()).isNotEmpty();
  }

  @Test
  void everyBadOneHasItsGoodOne() throws IOException {
    assertThat(stems(good(), OK)).isNotEmpty().isEqualTo(stems(bad(), BAD));
  }

  @Test
  void everyCheckHasAPair() throws IOException {
    assertThat(bad().stream().map(HistoryPairsTest::checkNamedIn))
        .containsAll(EnumSet.allOf(Name.class));
  }

  private static List<String> stems(List<Path> files, String suffix) {
    return files.stream().map(file -> file.toString().replace(suffix, "")).toList();
  }

  private static Judgement judge(Path file) throws Exception {
    return Verifier.verify(HistoryFile.read(file));
  }

  private static Name checkNamedIn(Path file) {
    var name = file.getFileName().toString();
    return Stream.of(Name.values())
        .filter(check -> name.contains(check.words().replace(' ', '-')))
        .max(Comparator.comparingInt(check -> check.words().length()))
        .orElseThrow(() -> new AssertionError(name + " names no check"));
  }
}
