package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The strategies that can be chosen, sound ones first. A new one is a constant here and a {@link
 * Strategy} of its own.
 */
@SuppressWarnings("ImmutableEnumChecker") // Constructor references have no state.
public enum RedisStrategy {
  /** One DECR; sold while the reply is not below zero. */
  DECR("decr", Model.COUNTER, true, Decr::new, Decr::rights),
  /** DECR, and INCR back when it fell below zero. */
  DECR_INCR(
      "decr-incr", Model.TALLY, true, CounterStock::new, onKey(DecrIncr::new), DecrIncr::rights),
  /** Check and decrement in one script. */
  LUA("lua", Model.BOUNDED, true, Lua::new, Lua::rights),
  /** Optimistic locking: WATCH, GET, MULTI, EXEC, again if the key has changed since. */
  WATCH("watch", Model.BOUNDED, true, CounterStock::new, onKey(Watch::new), Watch::rights),
  /** A lock with a lease that outlasts the work. */
  LOCK("lock", Model.BOUNDED, true, LockedStock::new, Lock::withLongLease, Lock::rights),
  /** Tokens in a list. */
  LIST("list", Model.BOUNDED, true, ListStock::new, onKey(PopToken::new), PopToken::rights),
  /** One INCREX that the server bounds at zero. */
  INCREX(
      "increx",
      Model.BOUNDED,
      true,
      CounterStock::new,
      onKey(IncrEx::new),
      Optional.of(IncrEx::new),
      IncrEx::rights,
      Optional.of("Redis 8.8 or Valkey 9.2")),
  /** Compare and set: GET, then SET IFEQ, again if the key has changed since. */
  SET_IFEQ(
      "set-ifeq",
      Model.BOUNDED,
      true,
      CounterStock::new,
      onKey(SetIfEq::new),
      Optional.empty(),
      SetIfEq::rights,
      Optional.of("Redis 8.4 or Valkey 8.1")),
  /** Reads, then writes what it read less one: a lost update. */
  GET_SET("get-set", Model.BOUNDED, false, CounterStock::new, onKey(GetSet::new), GetSet::rights),
  /** Checks, then acts on what may have changed. */
  GET_DECR(
      "get-decr", Model.BOUNDED, false, CounterStock::new, onKey(GetDecr::new), GetDecr::rights),
  /** A lock whose lease ends before the work under it does. */
  SHORT_LOCK(
      "short-lock", Model.BOUNDED, false, LockedStock::new, Lock::withShortLease, Lock::rights);

  private final String wireName;
  private final Model model;
  private final boolean sound;
  private final Function<String, StockEncoding> encoding;
  private final Constructor constructor;
  private final Optional<Function<String, PipelinableStrategy>> pipelined;
  private final Function<String, List<Right>> rights;
  private final Optional<String> since;

  /** Makes the strategy for one run. */
  @FunctionalInterface
  private interface Constructor {
    Strategy create(String key, Duration timeout, LongSupplier nanoClock);
  }

  /** A strategy that is one command on a counter. */
  RedisStrategy(
      String wireName,
      Model model,
      boolean sound,
      Function<String, PipelinableStrategy> pipelined,
      Function<String, List<Right>> rights) {
    this(
        wireName,
        model,
        sound,
        CounterStock::new,
        onKey(pipelined::apply),
        Optional.of(pipelined),
        rights,
        Optional.empty());
  }

  RedisStrategy(
      String wireName,
      Model model,
      boolean sound,
      Function<String, StockEncoding> encoding,
      Constructor constructor,
      Function<String, List<Right>> rights) {
    this(wireName, model, sound, encoding, constructor, Optional.empty(), rights, Optional.empty());
  }

  RedisStrategy(
      String wireName,
      Model model,
      boolean sound,
      Function<String, StockEncoding> encoding,
      Constructor constructor,
      Optional<Function<String, PipelinableStrategy>> pipelined,
      Function<String, List<Right>> rights,
      Optional<String> since) {
    this.wireName = wireName;
    this.model = model;
    this.sound = sound;
    this.encoding = encoding;
    this.constructor = constructor;
    this.pipelined = pipelined;
    this.rights = rights;
    this.since = since;
  }

  private static Constructor onKey(Function<String, Strategy> constructor) {
    return (key, _, _) -> constructor.apply(key);
  }

  /**
   * The strategy that users call {@code name}.
   *
   * @throws IllegalArgumentException if none is called so
   */
  public static RedisStrategy parse(String name) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.wireName.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' is none of " + names(_ -> true)));
  }

  /** Those that every server knows. */
  public static List<RedisStrategy> known() {
    return Arrays.stream(values()).filter(strategy -> strategy.since.isEmpty()).toList();
  }

  /** The names of those that are so, with commas between. */
  public static String names(Predicate<RedisStrategy> so) {
    return Arrays.stream(values())
        .filter(so)
        .map(RedisStrategy::wireName)
        .collect(Collectors.joining(", "));
  }

  /** The name by which users choose it and histories know it. */
  public String wireName() {
    return wireName;
  }

  /** Whether it must sell soundly; the others are broken on purpose. */
  public boolean sound() {
    return sound;
  }

  /** Whether a purchase is one command, so that many can share a connection. */
  public boolean pipelines() {
    return pipelined.isPresent();
  }

  /** The first servers that know it; empty if all do. */
  Optional<String> since() {
    return since;
  }

  /** What its replies promise. */
  public Model model() {
    return model;
  }

  /** What a purchase needs, besides what {@link #encoding the preload} needs. */
  List<Right> rights(String key) {
    return rights.apply(key);
  }

  /** How it encodes the stock in {@code key}. */
  StockEncoding encoding(String key) {
    return encoding.apply(key);
  }

  /**
   * Makes the strategy for one run.
   *
   * @param nanoClock monotonic
   */
  Strategy create(RedisStockConfig config, LongSupplier nanoClock) {
    var alone = constructor.create(config.key(), config.timeout(), nanoClock);
    return config.replicas() == 0
        ? alone
        : new Replicated(alone, config.replicas(), config.timeout().dividedBy(2));
  }

  /**
   * Makes the strategy for a run on shared connections.
   *
   * @throws IllegalArgumentException when it does not work there, see {@link #pipelines}
   */
  PipelinableStrategy createPipelinable(String key) {
    return pipelined
        .orElseThrow(() -> new IllegalArgumentException(this + " is more than one command"))
        .apply(key);
  }

  @Override
  public String toString() {
    return wireName;
  }
}
