package io.github.ticketsim.verify;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import java.util.ArrayList;
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
    failures.put(name, new Check(name, Status.FAIL, detail.get(), witness));
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

  /** All checks; every one has been given a status by now. */
  List<Check> checks() {
    var checks = new ArrayList<Check>();
    for (var name : Name.values()) {
      checks.add(check(name));
    }
    return List.copyOf(checks);
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
