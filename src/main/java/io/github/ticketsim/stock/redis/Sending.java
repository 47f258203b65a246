package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** One purchase of a {@link RedisSale}, to be sent once. */
final class Sending implements Strategy {
  private final RedisSale sale;
  private final PurchaseRequest purchase;
  private Optional<String> order = Optional.empty();

  Sending(RedisSale sale, PurchaseRequest purchase) {
    this.sale = sale;
    this.purchase = purchase;
  }

  /** The order that the reply named, if it did. */
  Optional<String> order() {
    return order;
  }

  @Override
  public Outcome buy(Connection connection) {
    return outcome(reply(connection));
  }

  @Override
  public Outcome declined(JedisDataException error) {
    return outcome(RedisReply.of(error, sale.purchase().script()));
  }

  private Outcome outcome(RedisReply reply) {
    var outcome = sale.rules().outcome(reply);
    if (outcome.kind().replied()) {
      order = sale.rules().order(reply);
    }
    return outcome;
  }

  private RedisReply reply(Connection connection) {
    var call = sale.purchase();
    try {
      return RedisReply.of(connection.executeCommand(call.command(purchase)));
    } catch (JedisNoScriptException e) {
      if (call.source().isEmpty() || !NotExecutedError.proves(e)) {
        throw e;
      }
      // Proven not executed, so this is the first execution and no retry.
      return RedisReply.of(connection.executeCommand(call.evalFallback(purchase)));
    }
  }
}
