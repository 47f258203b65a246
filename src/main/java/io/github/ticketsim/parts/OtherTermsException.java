package io.github.ticketsim.parts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parts of a storm do not agree on what the storm is. */
public final class OtherTermsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OtherTermsException(String message) {
    super(message);
  }

  /**
   * @param other which part came first
   * @param parts how many it says there are
   * @param terms as it has them
   */
  static OtherTermsException of(Meeting ours, String other, String parts, String terms) {
    var count = Integer.toString(ours.share().parts());
    if (!parts.equals(count)) {
      return new OtherTermsException(
          "--parts: part %d says %s, but part %s says %s; start all parts with the same"
              .formatted(ours.share().part(), count, other, parts));
    }
    var own = new LinkedHashSet<>(ours.terms().lines().toList());
    var others = new LinkedHashSet<>(terms.lines().toList());
    return new OtherTermsException(
        "part %d has %s, but part %s has %s; start all parts with the same options"
            .formatted(
                ours.share().part(), difference(own, others), other, difference(others, own)));
  }

  private static String difference(Set<String> these, Set<String> without) {
    List<String> more = these.stream().filter(line -> !without.contains(line)).toList();
    return more.isEmpty() ? "nothing of that" : String.join(" ", more);
  }
}
