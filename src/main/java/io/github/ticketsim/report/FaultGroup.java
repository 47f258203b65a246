package io.github.ticketsim.report;

import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.verify.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * All that came of one fault that was asked for.
 *
 * @param fault as it was asked for
 * @param strikes in the order of their times; empty if it never struck
 * @param excuse why it never struck; empty if it did
 */
public record FaultGroup(String fault, List<Fault> strikes, String excuse) {

  /** In the order in which the faults are first named. */
  public static List<FaultGroup> of(List<Fault> faults) {
    var groups = new LinkedHashMap<String, List<Fault>>();
    faults.forEach(
        fault -> groups.computeIfAbsent(fault.fault(), _ -> new ArrayList<>()).add(fault));
    return groups.entrySet().stream().map(e -> group(e.getKey(), e.getValue())).toList();
  }

  private static FaultGroup group(String fault, List<Fault> faults) {
    var strikes =
        faults.stream()
            .filter(strike -> strike.atNanos().isPresent())
            .sorted(Comparator.comparingLong(strike -> strike.atNanos().orElseThrow()))
            .toList();
    return new FaultGroup(fault, strikes, strikes.isEmpty() ? faults.getFirst().detail() : "");
  }

  /** How often and when it struck, or why it never did. */
  public String words() {
    return switch (strikes.size()) {
      case 0 -> "never struck: " + excuse;
      case 1 -> "struck once";
      default ->
          Sentence.words(
              "struck %,d times, from %s to %s",
              strikes.size(), seconds(strikes.getFirst()), seconds(strikes.getLast()));
    };
  }

  private static String seconds(Fault strike) {
    return ReceiptText.seconds(strike.atNanos().orElseThrow());
  }
}
