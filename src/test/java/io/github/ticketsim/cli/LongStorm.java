package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.redis.RedisServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A storm long enough for something to happen in the middle of it. */
final class LongStorm {
  static final String KEY = "ticket:stock";
  static final int BUYERS = 200;
  static final int CONNECTIONS = 8;

  private final RedisServer redis;
  private final int stock;
  private final CompletableFuture<CommandRun> run;

  private LongStorm(RedisServer redis, int stock, CompletableFuture<CommandRun> run) {
    this.redis = redis;
    this.stock = stock;
    this.run = run;
  }

  /** Starts a storm of twice as many attempts as {@code stock} on the Redis behind {@code uri}. */
  static LongStorm start(Path out, RedisServer redis, String uri, int stock, String... options) {
    var arguments =
        Stream.concat(
                Stream.of(
                    "--threads=" + BUYERS,
                    "--purchases=" + 2 * stock / BUYERS,
                    "--stock=" + stock,
                    "--pool=" + CONNECTIONS),
                Stream.of(options))
            .toArray(String[]::new);
    return new LongStorm(
        redis, stock, CommandRun.inBackground(Storms.arguments(out, uri, arguments)));
  }

  static LongStorm start(Path out, RedisServer redis, int stock, String... options) {
    return start(out, redis, redis.uri(), stock, options);
  }

  /** Waits until the storm is well under way, and far from done. */
  LongStorm awaitMiddle() throws Exception {
    Await.until("some tickets are sold", () -> run.isDone() || left() < stock - stock / 20);
    assertThat(run).as("the storm").isNotDone();
    assertThat(left()).as("tickets left in the middle").isPositive();
    return this;
  }

  private long left() {
    return switch (redis.call("TYPE", KEY).toString()) {
      case "string" -> redis.counter(KEY);
      // While it is being filled its last token is missing.
      case "list" ->
          redis.call("LINDEX", KEY, "-1").equals("0") ? (long) redis.call("LLEN", KEY) : stock;
      default -> stock;
    };
  }

  CommandRun awaitEnd() throws Exception {
    return run.get();
  }
}
