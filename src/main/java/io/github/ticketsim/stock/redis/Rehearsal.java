package io.github.ticketsim.stock.redis;

import io.github.ticketsim.sale.RedisSteps.Form;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds out before a sale what would surprise in its purchase. On the Redis that sells it only
 * reads; the first purchase is carried out on another one, which has copies of the keys that the
 * purchase names and nothing else.
 */
public record Rehearsal(RedisSale sale) {

  /** Whether all keys of a purchase are on one node of a cluster; what to do if they are not. */
  public Optional<String> slots() {
    return apart()
        .map(
            problem ->
                problem.words()
                    + ", so a Redis Cluster would refuse the purchase; "
                    + problem.cure());
  }

  /**
   * Makes sure that a cluster can sell: all keys of a purchase must be in one slot.
   *
   * @throws StockUnavailableException if they are not
   */
  public void requireOneSlot(String label) {
    apart()
        .ifPresent(
            problem -> {
              throw new StockUnavailableException(label, problem.words(), problem.cure());
            });
  }

  private Optional<RedisProblem> apart() {
    return IntStream.range(0, sale.items().size())
        .mapToObj(this::apart)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<RedisProblem> apart(int item) {
    var keys = sale.keys(item);
    return keys.stream()
        .filter(key -> SlotOwners.slot(key) != SlotOwners.slot(keys.getFirst()))
        .findFirst()
        .map(
            other -> {
              var first = keys.getFirst();
              var several = sale.items().size() > 1;
              return new RedisProblem(
                  "keys %s and %s%s lie in slots %d and %d"
                      .formatted(
                          RedisReply.text(first),
                          RedisReply.text(other),
                          several ? " of item " + sale.items().get(item) : "",
                          SlotOwners.slot(first),
                          SlotOwners.slot(other)),
                  "give them one hash tag, such as {sale%s}:%s"
                      .formatted(
                          several ? ":" + sale.items().get(item) : "", RedisReply.text(first)));
            });
  }

  /**
   * Carries out the first purchase on {@code scratch}, a Redis that nobody sells from.
   *
   * @param real is only read
   * @return what would surprise; empty too if the keys cannot be copied, or nothing can be set up
   */
  public Optional<String> dryRun(RedisControl real, RedisControl scratch) {
    try {
      for (var key : sale.keys(0)) {
        copy(key, real, scratch);
      }
      if (sale.form() == Form.FUNCTION) {
        copyFunctions(real, scratch);
      }
      sale.setUp(scratch);
      var left = sale.left(scratch);
      var before = changes(scratch);
      var reply = reply(scratch);
      return surprise(reply, left, changes(scratch) - before);
    } catch (JedisException | StockUnavailableException | SaleException _) {
      // The storm will say it better, if it is a problem at all.
      return Optional.empty();
    }
  }

  private static void copy(byte[] key, RedisControl real, RedisControl scratch) {
    if (real.reply(new CommandArguments(Command.DUMP).add(key)) instanceof byte[] dump) {
      var _ = scratch.reply(new CommandArguments(Command.RESTORE).add(key).add("0").add(dump));
    }
  }

  private static void copyFunctions(RedisControl real, RedisControl scratch) {
    if (real.reply(new CommandArguments(Command.FUNCTION).add("DUMP")) instanceof byte[] dump) {
      var _ = scratch.reply(new CommandArguments(Command.FUNCTION).add("RESTORE").add(dump));
    }
  }

  private RedisReply reply(RedisControl scratch) {
    try {
      return RedisReply.of(scratch.reply(sale.purchase().command(PurchaseRequest.FIRST)));
    } catch (JedisDataException e) {
      return RedisReply.of(e, sale.purchase().script());
    }
  }

  private static long changes(RedisControl scratch) {
    return RedisControl.field(scratch.info("persistence"), "rdb_changes_since_last_save")
        .map(Long::parseLong)
        .orElse(0L);
  }

  private Optional<String> surprise(RedisReply reply, OptionalLong left, long changes) {
    var wrote = changes == 0 ? "wrote nothing" : "had written before";
    var said = "a dry run of the first purchase, on copies of its keys, ";
    return switch (sale.rules().outcome(reply)) {
      case Outcome.Sold _ ->
          changes == 0
              ? Optional.of(said + "replied " + reply.start() + ", sold, and " + wrote)
              : Optional.empty();
      case Outcome.SoldOut _, Outcome.Limited _ ->
          changes == 0 && left.orElse(0) > 0
              ? Optional.of(
                  "%sreplied %s, a refusal, and %s although %d tickets are left%s"
                      .formatted(said, reply.start(), wrote, left.getAsLong(), hint()))
              : Optional.empty();
      case Outcome.Failed _, Outcome.Indeterminate _ ->
          changes == 0 && reply.error().isPresent()
              ? Optional.empty()
              : Optional.of(
                  "%sreplied %s, which no rule makes a sale or a refusal, and %s"
                      .formatted(said, reply.start(), wrote));
    };
  }

  private String hint() {
    return sale.form() == Form.COMMAND
        ? ""
        : "; in Lua 0 is true, so compare with == 1 what SISMEMBER or EXISTS reply";
  }
}
