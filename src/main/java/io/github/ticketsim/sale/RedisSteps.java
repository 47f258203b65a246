package io.github.ticketsim.sale;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sale file says of a shop that is a Redis.
 *
 * @param setup commands that are sent once ahead of the storm
 * @param purchase what buys
 * @param left asked before and after the storm
 * @param orders asked once after the storm
 */
public record RedisSteps(
    List<CommandStep> setup,
    Optional<RedisPurchase> purchase,
    Optional<CommandStep> left,
    Optional<OrdersCall> orders) {

  /** Says nothing. */
  public static final RedisSteps NONE =
      new RedisSteps(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /** In what form a purchase is sent. */
  public enum Form {
    /** A command and its arguments in one line. */
    COMMAND,
    /** The source of a script in Lua, which the server is given once. */
    SCRIPT,
    /** The name of a function that the server has. */
    FUNCTION;

    /** The word for it in a file. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A command in one line.
   *
   * @param where it stands: file, line and key
   */
  public record CommandStep(String where, String text) {}

  /**
   * What buys.
   *
   * @param where it stands: file, line and key
   * @param text a command in one line, the source of a script, or the name of a function
   * @param file that has the script
   * @param keys templates; none for a command
   * @param args templates; none for a command
   */
  public record RedisPurchase(
      String where,
      Form form,
      String text,
      Optional<Path> file,
      List<String> keys,
      List<String> args) {

    /** How a history names what was sold: the keys of a script, or the command. */
    public String sold() {
      return OneLine.clip(keys.isEmpty() ? text : String.join(" ", keys));
    }
  }

  /**
   * What lists the orders.
   *
   * @param order where in an element of the reply its id stands; empty if nowhere
   * @param customer the same of the customer
   * @param item the same of the item
   * @param quantity the same of the quantity
   */
  public record OrdersCall(
      CommandStep line,
      Optional<String> order,
      Optional<String> customer,
      Optional<String> item,
      Optional<String> quantity) {}

  /** Copies {@code setup}. */
  public RedisSteps {
    setup = List.copyOf(setup);
  }

  /** The same with this purchase. */
  public RedisSteps with(RedisPurchase other) {
    return new RedisSteps(setup, Optional.of(other), left, orders);
  }
}
