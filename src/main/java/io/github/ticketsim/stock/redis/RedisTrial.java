package io.github.ticketsim.stock.redis;

import io.github.ticketsim.sale.Exchange;
import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One purchase of a {@code sale} that is set up, to see what comes of it. */
public record RedisTrial(RedisSale sale) {
  private static final int MOST_SHOWN_CHARACTERS = 2_000;

  /**
   * Sends {@code purchase}.
   *
   * @throws io.github.ticketsim.stock.StockUnavailableException if no reply comes
   */
  public Exchange send(RedisControl control, PurchaseRequest purchase) {
    var command = sale.purchase().command(purchase);
    var reply = reply(control, command);
    var rules = sale.rules();
    return new Exchange(
        sale.values().hidden(words(command)),
        sale.values().hidden(reply.shown(MOST_SHOWN_CHARACTERS)),
        rules.said(reply),
        /* accepted= */ false,
        Optional.empty(),
        rules.outcome(reply),
        rules.order(reply));
  }

  private RedisReply reply(RedisControl control, CommandArguments command) {
    try {
      return RedisReply.of(control.reply(command));
    } catch (JedisDataException e) {
      return RedisReply.of(e, sale.purchase().script());
    } catch (JedisException e) {
      throw control.unavailable(e);
    }
  }

  private static String words(CommandArguments command) {
    return StreamSupport.stream(command.spliterator(), false)
        .map(word -> new String(word.getRaw(), StandardCharsets.UTF_8))
        .map(word -> word.isEmpty() || word.contains(" ") ? '"' + word + '"' : word)
        .collect(Collectors.joining(" "));
  }
}
