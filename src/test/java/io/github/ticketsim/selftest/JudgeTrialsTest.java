package io.github.ticketsim.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.ledger.History;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTrialsTest {
  private static final long SEED = 5;

  private static List<Matrix.Line> trials(Function<History, Judgement> judge) {
    return new JudgeTrials(judge, SEED).run(new OpenFor(Integer.MAX_VALUE));
  }

  private static List<HistoryClass> red(Function<History, Judgement> judge) {
    return trials(judge).stream().filter(line -> !line.passed()).map(Matrix.Line::kind).toList();
  }

  @Test
  void theVerifierGetsEveryKindRight() {
    var lines = trials(Verifier::verify);

    assertThat(lines).hasSize(HistoryClass.all().size()).allMatch(Matrix.Line::passed);
    assertThat(lines)
        .allMatch(line -> line.scores().keySet().equals(line.kind().models()))
        .flatMap(line -> line.scores().values())
        .allMatch(score -> score.tried() > 0 && score.right() == score.tried());
  }

  @ParameterizedTest
  @EnumSource
  void aJudgeWithoutOneOfTheChecksIsFoundOut(Name missing) {
    assertThat(red(FaultyJudge.without(missing)))
        .isNotEmpty()
        .allMatch(
            kind -> kind.expected() == Expected.INVALID || kind.expected() == Expected.AS_SEARCHED);
  }

  @Test
  void aJudgeToWhomAllIsValidIsFoundOutByEveryKindThatIsNot() {
    assertThat(red(history -> withResult(Verifier.verify(history), Result.VALID)))
        .containsAll(
            HistoryClass.all().stream()
                .filter(kind -> kind.expected() == Expected.UNKNOWN)
                .toList())
        .containsAll(
            HistoryClass.all().stream()
                .filter(kind -> kind.expected() == Expected.INVALID)
                .toList());
  }

  @Test
  void aJudgeToWhomNothingIsValidIsFoundOutByEveryLegalSale() {
    assertThat(red(history -> withResult(Verifier.verify(history), Result.UNKNOWN)))
        .containsAll(
            HistoryClass.all().stream().filter(kind -> kind.expected() == Expected.VALID).toList());
  }

  @Test
  void aJudgeThatBreaksDownIsFoundOutByEveryKind() {
    var lines =
        trials(
            history -> {
              throw new IllegalStateException("out of order");
            });

    assertThat(lines).noneMatch(Matrix.Line::passed);
    assertThat(lines.getFirst().fault().orElseThrow()).contains("model counter", "out of order");
  }

  @Test
  void oneSeedMakesTheSameHistoriesAgainAndAnotherMakesOthers() {
    var kind = HistoryClass.all().getFirst();
    for (var model : kind.models()) {
      assertThat(kind.cases(model, SEED)).isEqualTo(kind.cases(model, SEED));
      assertThat(kind.cases(model, SEED)).isNotEqualTo(kind.cases(model, SEED + 1));
    }
  }

  @Test
  void noTwoKindsShareAName() {
    assertThat(HistoryClass.all()).extracting(HistoryClass::name).doesNotHaveDuplicates();
  }

  @Test
  void endsBeforeTheNextKindOnceItsCourseIsClosed() {
    assertThat(new JudgeTrials(Verifier::verify, SEED).run(new OpenFor(3))).hasSize(3);
  }

  private static Judgement withResult(Judgement verdict, Result result) {
    return new Judgement(
        result, verdict.checks(), verdict.sold(), verdict.causes(), verdict.advice());
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() {
    var fault =
        new JudgeTrials(FaultyJudge.without(Name.UNIQUE_ID), SEED)
            .run(new OpenFor(Integer.MAX_VALUE)).stream()
                .map(Matrix.Line::fault)
                .flatMap(Optional::stream)
                .findFirst();

    assertThat(fault.orElseThrow()).matches("model counter, 10 attempts: expected .*, got .*");
  }
}
