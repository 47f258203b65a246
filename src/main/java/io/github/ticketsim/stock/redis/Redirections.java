package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Stock.Timed;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Follows the nodes of a cluster that decline a purchase because another one has the key. They have
 * not executed it, so sending it again is no retry.
 */
record Redirections(Route route, AskedNodes asked, Runnable unwatch, LongSupplier nanoClock)
    implements AutoCloseable {
  /** So often at most, as clients of clusters do. */
  static final int MOST = 5;

  /**
   * For a stock that is sold over {@code route}.
   *
   * @param names of its connections
   */
  static Redirections of(
      Route route, Duration timeout, NamedConnections names, LongSupplier nanoClock) {
    return new Redirections(route, new AskedNodes(timeout, names), route.watch(), nanoClock);
  }

  /**
   * Goes where {@code error} says.
   *
   * @param strategy that bought
   * @return how the purchase has ended; empty if it is to be sent again, where the route leads
   */
  Optional<Outcome> follow(JedisRedirectionException error, Strategy strategy) {
    try {
      if (!(error instanceof JedisAskDataException)
          && route.moved(error.getSlot(), error.getTargetNode())) {
        return Optional.empty();
      }
      return at(route.visit(error.getTargetNode()), strategy);
    } catch (StockUnavailableException e) {
      return Optional.of(new Outcome.Failed(RedisProblem.words(error) + ": " + e.getMessage()));
    }
  }

  private Optional<Outcome> at(RedisEndpoint node, Strategy strategy) {
    try {
      return Optional.of(asked.buy(node, strategy));
    } catch (JedisDataException e) {
      var error = route.saidBy(node, e);
      return error instanceof JedisRedirectionException && NotExecutedError.proves(error)
          ? Optional.empty()
          : Optional.of(strategy.declined(error));
    }
  }

  /**
   * Sends a request again that a node of a cluster has declined, if the route may follow.
   *
   * @param first how it has ended
   * @param strategy that buys in the same way on a connection of its own
   */
  Resent resend(
      Pipeline pipeline,
      EncodedCommand command,
      Timed first,
      PipelinedRequest declined,
      Strategy strategy) {
    var last = new Resent(first, declined);
    for (var more = route.follows() ? MOST : 0; more > 0; more--) {
      var redirection = last.request().redirection();
      if (redirection == null) {
        break;
      }
      var ended = follow(redirection, strategy);
      if (ended.isPresent()) {
        var now = nanoClock.getAsLong();
        return new Resent(new Timed(first.callNanos(), now, ended.get()), last.request());
      }
      var request = new PipelinedRequest(command);
      var timed = pipeline.carryOut(request);
      last =
          new Resent(new Timed(first.callNanos(), timed.returnNanos(), timed.outcome()), request);
    }
    return last;
  }

  /** A request that was sent again, and how it has ended. */
  record Resent(Timed timed, PipelinedRequest request) {}

  /** Closes connections; more may follow. */
  void closeIdle() {
    asked.close();
  }

  @Override
  public void close() {
    unwatch.run();
    asked.close();
  }
}
