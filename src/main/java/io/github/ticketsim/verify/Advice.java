package io.github.ticketsim.verify;

/** Why a verdict is unknown, and what to change. */
public sealed interface Advice {

  /** What is not proven, and why. */
  String problem();

  /** In one sentence, for people. */
  default String text() {
    return problem();
  }

  /** What a history lacks. What helps depends on what was stormed; here it is a Redis. */
  enum Lack implements Advice {
    /** Nothing was sold. */
    SALES("no sale was confirmed", "preload some stock, or pass --stock"),
    /** Nobody wanted more than there was. */
    DEMAND("demand never exceeded the stock", "raise --threads or --purchases, or lower --stock"),
    /** More was wanted than there was, and too much of that is not known to have been executed. */
    REPLIES(
        "too many attempts failed or are indeterminate to tell whether demand exceeded the stock",
        "raise --timeout, or see why replies are missing"),
    /** Refusals say that the customer may have no more, and nothing says how many that is. */
    LIMIT("some were refused as limited, but no limit is stated to judge that by", "pass --limit"),
    /** The same, and all buyers are one customer to the shop. */
    CUSTOMERS(
        "some were refused as limited, but no customer is told from another to judge that by",
        "pass --customers");

    private final String problem;
    private final String cure;

    Lack(String problem, String cure) {
      this.problem = problem;
      this.cure = cure;
    }

    @Override
    public String problem() {
      return problem;
    }

    @Override
    public String text() {
      return problem + "; " + cure;
    }
  }

  /** Most replies match no rule. */
  record Unmatched(UnclearReplies replies) implements Advice {
    @Override
    public String problem() {
      return replies.advice(UnclearReplies.Notation.OPTIONS).orElseThrow();
    }
  }

  /** All else. */
  record Other(String problem) implements Advice {}
}
