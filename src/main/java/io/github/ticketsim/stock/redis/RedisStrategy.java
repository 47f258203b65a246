package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/** The strategies that can be chosen, sound ones first. */
public enum RedisStrategy {
  /** One DECR; sold while the reply is not below zero. */
  DECR("decr", Model.COUNTER, true, "one DECR, sold if the reply is not below zero"),
  /** DECR, and INCR back when it fell below zero. */
  DECR_INCR("decr-incr", Model.TALLY, true, "DECR, then INCR back when that fell below zero"),
  /** Check and decrement in one script. */
  LUA("lua", Model.BOUNDED, true, "check and decrement in one script"),
  /** Optimistic locking: WATCH, GET, MULTI, EXEC, again if somebody was faster. */
  WATCH("watch", Model.BOUNDED, true, "WATCH, GET, MULTI/EXEC, again if somebody was faster"),
  /** A lock with a lease that outlasts the work. */
  LOCK("lock", Model.BOUNDED, true, "SET NX PX as a lock, released by compare-and-delete"),
  /** Tokens in a list. */
  LIST("list", Model.BOUNDED, true, "tokens in a list, LPOP"),
  /** Reads, then writes what it read less one: a lost update. */
  GET_SET("get-set", Model.BOUNDED, false, "GET, then SET one less"),
  /** Checks, then acts on what may have changed. */
  GET_DECR("get-decr", Model.BOUNDED, false, "GET, then DECR if that was above zero"),
  /** A lock whose lease ends before the work under it does. */
  SHORT_LOCK(
      "short-lock", Model.BOUNDED, false, "a lock whose lease ends before the work under it does");

  /** A holder makes a few round trips, each bounded by the timeout. */
  private static final int LEASE_TIMEOUTS = 10;

  private static final Duration NO_WORK = Duration.ZERO;
  private static final Duration SHORT_LEASE = Duration.ofMillis(1);
  private static final Duration LONG_WORK = Duration.ofMillis(3);

  private final String word;
  private final Model model;
  private final boolean sound;
  private final String description;

  RedisStrategy(String word, Model model, boolean sound, String description) {
    this.word = word;
    this.model = model;
    this.sound = sound;
    this.description = description;
  }

  /** The name by which users choose it and histories know it. */
  public String word() {
    return word;
  }

  /** Whether it must sell soundly; the others are broken on purpose. */
  public boolean sound() {
    return sound;
  }

  /** What it does, in one clause. */
  public String description() {
    return description;
  }

  /** What its replies promise. */
  public Model model() {
    return model;
  }

  /** How it wants its tickets to lie in {@code key}. */
  Shelf shelf(String key) {
    return this == LIST ? new TokenShelf(key) : new CounterShelf(key);
  }

  /**
   * Makes the strategy for one run.
   *
   * @param timeout of replies, and of what else a buyer waits for
   * @param nanoClock monotonic
   */
  Strategy on(String key, Duration timeout, LongSupplier nanoClock) {
    return switch (this) {
      case DECR -> new Decr(key);
      case DECR_INCR -> new DecrIncr(key);
      case LUA -> new Lua(key);
      case WATCH -> new Watch(key);
      case LIST -> new PopToken(key);
      case GET_SET -> new GetSet(key);
      case GET_DECR -> new GetDecr(key);
      case LOCK ->
          new Lock(
              key,
              timeout.multipliedBy(LEASE_TIMEOUTS),
              NO_WORK,
              timeout,
              RedisStrategy::token,
              nanoClock);
      case SHORT_LOCK ->
          new Lock(key, SHORT_LEASE, LONG_WORK, timeout, RedisStrategy::token, nanoClock);
    };
  }

  private static String token() {
    return UUID.randomUUID().toString();
  }

  @Override
  public String toString() {
    return word;
  }
}
