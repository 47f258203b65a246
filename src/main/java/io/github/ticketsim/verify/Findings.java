package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what the rules find: of each check the first failure, else its pass or its excuse. */
final class Findings {
  private final Attempts attempts;
  private final Map<Name, Check> failures = new EnumMap<>(Name.class);
  private final Map<Name, Check> others = new EnumMap<>(Name.class);

  Findings(Attempts attempts) {
    this.attempts = attempts;
  }

  /**
   * Records a failure, of each check the first; {@code witnesses} are indices of attempts, as the
   * detail speaks of them. Millions may fail, so that only the detail that is kept is put together.
   */
  void fail(Name name, Supplier<String> detail, int... witnesses) {
    if (failures.containsKey(name)) {
      return;
    }
    var witness =
        witnesses.length == 0
            ? Optional.<Witness>empty()
            : Optional.of(new Witness(Arrays.stream(witnesses).mapToObj(attempts::get).toList()));
    add(new Check(name, Status.FAIL, detail.get(), witness));
  }

  /** Takes over what was found elsewhere; of failures the first stands. */
  void add(Check check) {
    if (check.status() == Status.FAIL) {
      failures.putIfAbsent(check.name(), check);
    } else {
      others.put(check.name(), check);
    }
  }

  void pass(Name name, String detail) {
    others.put(name, new Check(name, Status.PASS, detail, Optional.empty()));
  }

  void notExercised(Name name, String reason) {
    others.put(name, new Check(name, Status.NOT_EXERCISED, reason, Optional.empty()));
  }

  boolean exercised(Name name) {
    return check(name).status() == Status.PASS;
  }

  boolean failed(Name name) {
    return failures.containsKey(name);
  }

  boolean anyFailed() {
    return !failures.isEmpty();
  }

  /** All checks that a rule spoke of, in order. */
  List<Check> checks() {
    return Arrays.stream(Name.values())
        .filter(name -> failures.containsKey(name) || others.containsKey(name))
        .map(this::check)
        .toList();
  }

  Check check(Name name) {
    var failure = failures.get(name);
    var check = failure == null ? others.get(name) : failure;
    if (check == null) {
      throw new IllegalStateException("no rule spoke of " + name);
    }
    return check;
  }
}
