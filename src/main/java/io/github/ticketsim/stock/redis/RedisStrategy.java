package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/** The strategies that can be chosen, sound ones first. */
public enum RedisStrategy {
  /** One DECR; sold while the reply is not below zero. */
  DECR("decr", Model.COUNTER, true),
  /** DECR, and INCR back when it fell below zero. */
  DECR_INCR("decr-incr", Model.TALLY, true),
  /** Check and decrement in one script. */
  LUA("lua", Model.BOUNDED, true),
  /** Optimistic locking: WATCH, GET, MULTI, EXEC, again if somebody was faster. */
  WATCH("watch", Model.BOUNDED, true),
  /** A lock with a lease that outlasts the work. */
  LOCK("lock", Model.BOUNDED, true),
  /** Tokens in a list. */
  LIST("list", Model.BOUNDED, true),
  /** Reads, then writes what it read less one: a lost update. */
  GET_SET("get-set", Model.BOUNDED, false),
  /** Checks, then acts on what may have changed. */
  GET_DECR("get-decr", Model.BOUNDED, false),
  /** A lock whose lease ends before the work under it does. */
  SHORT_LOCK("short-lock", Model.BOUNDED, false);

  /** A holder makes a few round trips, each bounded by the timeout. */
  private static final int LEASE_TIMEOUTS = 10;

  private static final Duration NO_WORK = Duration.ZERO;
  private static final Duration SHORT_LEASE = Duration.ofMillis(1);
  private static final Duration LONG_WORK = Duration.ofMillis(3);

  private final String word;
  private final Model model;
  private final boolean sound;

  RedisStrategy(String word, Model model, boolean sound) {
    this.word = word;
    this.model = model;
    this.sound = sound;
  }

  /** The name by which users choose it and histories know it. */
  public String word() {
    return word;
  }

  /** Whether it must sell soundly; the others are broken on purpose. */
  public boolean sound() {
    return sound;
  }

  /** Whether a purchase is one command, so that many can share a connection. */
  public boolean pipelines() {
    return this == DECR || this == LUA;
  }

  /** What its replies promise. */
  public Model model() {
    return model;
  }

  /** How it wants its tickets to lie in {@code key}. */
  Shelf shelf(String key) {
    return switch (this) {
      case LIST -> new TokenShelf(key);
      case LOCK, SHORT_LOCK -> new LockedShelf(new CounterShelf(key), Lock.keyBeside(key));
      case DECR, DECR_INCR, LUA, WATCH, GET_SET, GET_DECR -> new CounterShelf(key);
    };
  }

  /**
   * Makes the strategy for one run.
   *
   * @param nanoClock monotonic
   */
  Strategy on(Terms terms, LongSupplier nanoClock) {
    var alone = on(terms.key(), terms.timeout(), nanoClock);
    return terms.replicas() == 0
        ? alone
        : new Replicated(alone, terms.replicas(), terms.timeout().dividedBy(2));
  }

  /**
   * Makes the strategy for a run on shared connections.
   *
   * @throws IllegalArgumentException when it does not work there, see {@link #pipelines}
   */
  OneCommand pipelined(String key) {
    return switch (this) {
      case DECR -> new Decr(key);
      case LUA -> new Lua(key);
      case DECR_INCR, WATCH, LOCK, LIST, GET_SET, GET_DECR, SHORT_LOCK ->
          throw new IllegalArgumentException(this + " is more than one command");
    };
  }

  private Strategy on(String key, Duration timeout, LongSupplier nanoClock) {
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
