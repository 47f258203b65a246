package io.github.ticketsim.stock.redis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that Redis must let us use.
 *
 * @param name as an ACL rule has it, such as {@code client|list}
 * @param call to ask for it, the command first
 * @param key that it is used on; empty for none
 * @param harmless whether the call changes nothing, so that it can be made without a transaction
 */
record Right(String name, List<String> call, String key, boolean harmless) {

  /** Redis answers that it does not know it, or by the number. */
  private static final String ANY_DIGEST = "0".repeat(40);

  static final Right MULTI = harmless("multi");

  /** Spelled out, since what Java makes of a record takes longer to link than to ask Redis. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Right right
        && name.equals(right.name)
        && call.equals(right.call)
        && key.equals(right.key)
        && harmless == right.harmless;
  }

  @Override
  public int hashCode() {
    return call.hashCode();
  }

  /** The command and its options, without key and values, as people write them. */
  String words() {
    return call.stream()
        .filter(word -> !word.equals(key) && word.chars().allMatch(Character::isLetter))
        .map(word -> word.toUpperCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  /** What it takes to find the node of a key in a cluster, and to follow a slot that is moved. */
  static List<Right> toFollow() {
    return List.of(
        new Right("cluster|slots", List.of("cluster", "slots"), "", true), harmless("asking"));
  }

  /** What it takes to wait for replicas. */
  static Right toWait() {
    return new Right("wait", List.of("wait", "0", "1"), "", true);
  }

  /** To run a script on {@code key}, by its digest or in full. */
  static List<Right> script(String key) {
    return List.of(
        new Right("evalsha", List.of("evalsha", ANY_DIGEST, "1", key), key, true),
        new Right("eval", List.of("eval", "return 0", "1", key), key, true));
  }

  /** To call a function on {@code key}; Redis answers that it does not know that one. */
  static Right function(String key) {
    return new Right("fcall", List.of("fcall", ANY_DIGEST, "1", key), key, true);
  }

  /** To set {@code key} if it holds a value, named behind {@code option}; it does not hold this. */
  static Right setIfItHolds(String key, String option) {
    return new Right("set", List.of("set", key, "0", option, ANY_DIGEST), key, true);
  }

  static Right get(String key) {
    return harmless("get", key);
  }

  static Right harmless(String command) {
    return new Right(command, List.of(command), "", true);
  }

  static Right harmless(String command, String key) {
    return new Right(command, List.of(command, key), key, true);
  }

  static Right write(String command, String key, String... arguments) {
    return new Right(
        command, Stream.concat(Stream.of(command, key), Stream.of(arguments)).toList(), key, false);
  }
}
