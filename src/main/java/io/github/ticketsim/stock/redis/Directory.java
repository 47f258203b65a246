package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** Servers that know which one is the primary. */
interface Directory {
  /** Once one has answered, how long to wait for what the others say. */
  Duration GRACE = Duration.ofMillis(200);

  /** How connections that ask are shown. */
  String NAME = "ticket-sim-directory";

  /**
   * Asks them.
   *
   * @throws StockUnavailableException if none of them names a primary
   */
  RedisEndpoint primary(Duration timeout);

  /** Whether a server that they have deposed may not know it, and go on. */
  boolean deposesUnasked();

  /**
   * A server has said that {@code node} has a slot from now on.
   *
   * @return whether that is the primary from now on
   */
  default boolean moves(int slot, RedisEndpoint node) {
    return true;
  }

  /** Whether a server names another one that has the key of a command. */
  default boolean redirects() {
    return false;
  }

  /** Something is wrong with what they say; {@code problem} begins with a verb in the plural. */
  StockUnavailableException wrong(String problem, String cure);

  /** What to do about a primary that cannot be reached. */
  String reachable();

  /**
   * What one of them says.
   *
   * @param said empty if it has nothing to say
   * @param problem why it does not answer
   */
  record NodeAnswer<T>(RedisEndpoint by, Optional<T> said, Optional<RedisProblem> problem) {}

  /** Asks all at once; those that are late are left out if others have answered. */
  static <T> List<NodeAnswer<T>> askAll(
      Collection<RedisEndpoint> servers,
      Duration timeout,
      Function<Connection, Optional<T>> question) {
    var answers = new LinkedBlockingQueue<NodeAnswer<T>>();
    for (var server : servers) {
      Thread.ofVirtual().start(() -> answers.add(ask(server, timeout, question)));
    }
    var came = new ArrayList<NodeAnswer<T>>();
    var patience = timeout.multipliedBy(3);
    try {
      while (came.size() < servers.size()) {
        var next = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        came.add(next);
        if (next.said().isPresent()) {
          patience = GRACE;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return came;
  }

  private static <T> NodeAnswer<T> ask(
      RedisEndpoint server, Duration timeout, Function<Connection, Optional<T>> question) {
    try (var connection = NamedConnections.open(server, timeout, NAME)) {
      return new NodeAnswer<>(server, question.apply(connection), Optional.empty());
    } catch (JedisException e) {
      return new NodeAnswer<>(
          server, Optional.empty(), Optional.of(new SecondLook(server, timeout).problem(e)));
    }
  }

  /** What kept all of them from answering, in the words of the first. */
  static <T> Optional<RedisProblem> firstProblem(List<NodeAnswer<T>> answers) {
    return answers.stream()
        .filter(answer -> answer.problem().isPresent())
        .findFirst()
        .map(
            answer -> {
              var problem = answer.problem().get();
              return new RedisProblem(answer.by() + ": " + problem.words(), problem.cure());
            });
  }
}
