package io.github.ticketsim.fault;

import io.github.ticketsim.fault.FaultSpec.Moment;
import io.github.ticketsim.fault.FaultSpec.Scope;
import io.github.ticketsim.metrics.Durations;
import io.github.ticketsim.metrics.Unit;
import io.github.ticketsim.redis.Takeover;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads faults as people write them: {@code drop-reply:1%}, {@code delay:#17:50ms}, {@code
 * kill@50%}.
 */
public final class FaultSpecs {
  private static final String FORMS =
      "drop-reply:P, reset:P, cut-request:P, delay:P:D, kill@T, pause@T:D, power-loss@T,"
          + " failover@T, failover:force@T or failover:kill@T, with P like 1% or #17, T like 50% or"
          + " 2s, D like 50ms";
  private static final Pattern FORM =
      Pattern.compile("([a-z-]+(?::(?:force|kill)(?=@))?)([:@])([^:@]+)(?::([^:@]+))?");
  private static final Pattern NUMBER = Pattern.compile("#([1-9][0-9]{0,17})");

  private FaultSpecs() {}

  /** An example of each fault, which can be used as it is. */
  public static List<String> examples() {
    return List.of(
        "drop-reply:1%",
        "reset:1%",
        "cut-request:1%",
        "delay:10%:50ms",
        "kill@50%",
        "pause@50%:1s",
        "power-loss@50%",
        "failover@50%",
        "failover:force@50%",
        "failover:kill@50%");
  }

  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static FaultSpec parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw unknown(text);
    }
    var where = match.group(3);
    var length = match.group(4);
    // The name, how it is aimed, and whether it lasts.
    return switch (match.group(1) + match.group(2) + (length == null ? "" : ":")) {
      case "drop-reply:" -> new FaultSpec.DropReply(text, scope(text, where));
      case "reset:" -> new FaultSpec.Reset(text, scope(text, where));
      case "cut-request:" -> new FaultSpec.CutRequest(text, scope(text, where));
      case "delay::" -> new FaultSpec.Delay(text, scope(text, where), length(text, length));
      case "kill@" -> new FaultSpec.Kill(text, moment(text, where));
      case "pause@:" -> new FaultSpec.Pause(text, moment(text, where), length(text, length));
      case "power-loss@" -> new FaultSpec.PowerLoss(text, moment(text, where));
      case "failover@" -> new FaultSpec.Failover(text, moment(text, where), Takeover.COMMAND);
      case "failover:force@" -> new FaultSpec.Failover(text, moment(text, where), Takeover.FORCE);
      case "failover:kill@" -> new FaultSpec.Failover(text, moment(text, where), Takeover.KILL);
      default -> throw unknown(text);
    };
  }

  private static Scope scope(String text, String where) {
    var number = NUMBER.matcher(where);
    if (number.matches()) {
      return new Scope.Nth(Long.parseLong(number.group(1)));
    }
    var share = share(text, where);
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException(
          "'" + text + "' hits " + where + " of the commands; expected more than 0%, up to 100%");
    }
    return new Scope.Share(share);
  }

  private static Moment moment(String text, String when) {
    if (!when.endsWith("%")) {
      return new Moment.After(length(text, when));
    }
    var share = share(text, when);
    if (share >= 1) {
      throw new IllegalArgumentException(
          "'" + text + "' strikes after " + when + " of the storm; expected 0% to below 100%");
    }
    return new Moment.AtShare(share);
  }

  private static Duration length(String text, String length) {
    try {
      return Durations.parse(length);
    } catch (IllegalArgumentException _) {
      throw unknown(text);
    }
  }

  private static double share(String text, String percent) {
    return Unit.PERCENT.read(percent).orElseThrow(() -> unknown(text)).doubleValue() / 100;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("'" + text + "' is no fault; write " + FORMS);
  }
}
