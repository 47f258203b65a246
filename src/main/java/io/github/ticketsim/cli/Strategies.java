package io.github.ticketsim.cli;

import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.stock.sql.SqlAddress;
import io.github.ticketsim.stock.sql.SqlStrategy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Strategies by the names that users type: one, several with commas between, or {@code all}.
 *
 * @param chosen those for a Redis
 * @param sql those for a database
 */
record Strategies(List<RedisStrategy> chosen, List<SqlStrategy> sql) {
  static final String ALL = "all";

  /** All that can be typed, for a completion script. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(
              Stream.of(RedisStrategy.values()).map(RedisStrategy::wireName),
              Stream.of(SqlStrategy.values()).map(SqlStrategy::wireName),
              Stream.of(ALL))
          .flatMap(words -> words)
          .iterator();
    }
  }

  /** What the help says of them. */
  static final class HelpWords extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {
        {"strategies.sound", RedisStrategy.names(RedisStrategy::sound)},
        {"strategies.broken", RedisStrategy.names(strategy -> !strategy.sound())},
        {"strategies.sql.sound", SqlStrategy.names(SqlStrategy::sound)},
        {"strategies.sql.broken", SqlStrategy.names(strategy -> !strategy.sound())},
        {"strategies.pipelined", RedisStrategy.names(RedisStrategy::pipelines)}
      };
    }
  }

  static Strategies parse(String text) {
    if (text.equals(ALL)) {
      return new Strategies(RedisStrategy.known(), List.of(SqlStrategy.values()));
    }
    var redis = new ArrayList<RedisStrategy>();
    var sql = new ArrayList<SqlStrategy>();
    for (var name : text.split(",", -1)) {
      SqlStrategy.find(name).ifPresentOrElse(sql::add, () -> redis.add(known(name)));
    }
    if (!redis.isEmpty() && !sql.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is for a Redis, and %s for a database; choose of one kind"
              .formatted(redis.getFirst(), sql.getFirst()));
    }
    return new Strategies(List.copyOf(redis), List.copyOf(sql));
  }

  private static RedisStrategy known(String name) {
    try {
      return RedisStrategy.parse(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", " + SqlStrategy.names(_ -> true), e);
    }
  }

  /** Those for a Redis, or a usage error. */
  List<RedisStrategy> forRedis() {
    if (chosen.isEmpty()) {
      throw new UsageException(
          "--strategy %s is for a database; pass --target jdbc:...".formatted(sql.getFirst()));
    }
    return chosen;
  }

  /**
   * Those for a database, or a usage error. Of all, those that make no sense there are left out.
   */
  List<SqlStrategy> on(SqlAddress address, PrintWriter err) {
    if (sql.isEmpty()) {
      throw new UsageException(
          "--strategy %s is for a Redis; for a database choose from %s"
              .formatted(chosen.getFirst(), SqlStrategy.names(_ -> true)));
    }
    var all = !chosen.isEmpty();
    for (var strategy : sql) {
      strategy
          .refusal(address)
          .ifPresent(
              why -> {
                var words = "--strategy %s: %s".formatted(strategy, why);
                if (!all) {
                  throw new UsageException(words + "; choose another");
                }
                Stderr.say(err, "left out: " + words);
              });
    }
    return sql.stream().filter(strategy -> strategy.refusal(address).isEmpty()).toList();
  }

  /** As they are typed. */
  @Override
  public String toString() {
    return Stream.concat(chosen.stream(), sql.stream())
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
