package io.github.ticketsim;

import io.github.ticketsim.verify.Judgement.Result;
import org.jspecify.annotations.Nullable;

/**
 * What a storm proves. Two verdicts are equal if they say the same of their sales: {@code
 * assertThat(report.verdict()).isEqualTo(Verdict.VALID)} holds for every valid run, and its failure
 * message is the report of the run that was not.
 */
public final class Verdict {
  /** Every check passed, and the run exercised it. */
  public static final Verdict VALID = new Verdict(Result.VALID, Result.VALID.name());

  /** At least one check failed, and a witness proves it. */
  public static final Verdict INVALID = new Verdict(Result.INVALID, Result.INVALID.name());

  /** The run proves nothing; its report says what to change. */
  public static final Verdict UNKNOWN = new Verdict(Result.UNKNOWN, Result.UNKNOWN.name());

  private final Result result;
  private final String text;

  private Verdict(Result result, String text) {
    this.result = result;
    this.text = text;
  }

  static Verdict of(Result result, String report) {
    return new Verdict(result, report);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Verdict verdict && verdict.result == result;
  }

  @Override
  public int hashCode() {
    return result.hashCode();
  }

  /** The report of the run, or the word alone of a constant. */
  @Override
  public String toString() {
    return text;
  }
}
