package io.github.ticketsim.stock.redis;

import java.util.List;
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

  private static final Right EXEC = harmless("exec");
  private static final Right MULTI = harmless("multi");

  /** What it takes to sell like that, besides what it takes to prepare the stock. */
  static List<Right> toSell(RedisStrategy strategy, String key) {
    var lock = Lock.keyBeside(key);
    return switch (strategy) {
      case DECR -> List.of(get(key), write("decr", key));
      case DECR_INCR -> List.of(get(key), write("decr", key), write("incr", key));
      case LUA -> join(List.of(get(key), write("decr", key)), script(key));
      case WATCH ->
          List.of(
              harmless("watch", key),
              get(key),
              harmless("unwatch"),
              EXEC,
              MULTI,
              write("decr", key));
      case LOCK, SHORT_LOCK ->
          join(
              List.of(
                  get(key), write("set", key, "0"), write("set", lock, "0"), write("del", lock)),
              script(lock));
      case LIST -> List.of(harmless("llen", key), write("lpop", key));
      case GET_SET -> List.of(get(key), write("set", key, "0"));
      case GET_DECR -> List.of(get(key), write("decr", key));
    };
  }

  /** What it takes to prepare the stock, and to look what was there. */
  static List<Right> toPreload(RedisStrategy strategy, String key) {
    return switch (strategy) {
      case LIST -> List.of(harmless("llen", key), write("del", key), write("rpush", key, "0"));
      case LOCK, SHORT_LOCK ->
          List.of(get(key), write("set", key, "0"), write("del", Lock.keyBeside(key)));
      case DECR, DECR_INCR, LUA, WATCH, GET_SET, GET_DECR ->
          List.of(get(key), write("set", key, "0"));
    };
  }

  /** What it takes to wait for replicas. */
  static Right toWait() {
    return new Right("wait", List.of("wait", "0", "1"), "", true);
  }

  private static List<Right> script(String key) {
    return List.of(
        new Right("evalsha", List.of("evalsha", ANY_DIGEST, "1", key), key, true),
        new Right("eval", List.of("eval", "return 0", "1", key), key, true));
  }

  private static Right get(String key) {
    return harmless("get", key);
  }

  private static Right harmless(String command) {
    return new Right(command, List.of(command), "", true);
  }

  private static Right harmless(String command, String key) {
    return new Right(command, List.of(command, key), key, true);
  }

  private static Right write(String command, String key, String... arguments) {
    return new Right(command, join(List.of(command, key), List.of(arguments)), key, false);
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
