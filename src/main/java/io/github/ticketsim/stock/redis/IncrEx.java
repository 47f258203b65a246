package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/**
 * One {@code INCREX} by -1 that the server bounds at zero. Its reply is the counter and by how much
 * it was changed: by nothing if that would have been below the bound.
 *
 * @param command the same for all purchases
 */
record IncrEx(CommandArguments command) implements PipelinableStrategy {
  private static final String NAME = "increx";
  private static final String[] BY_ONE = {"BYINT", "-1", "LBOUND", "0"};

  IncrEx(String key) {
    this(command(key));
  }

  private static CommandArguments command(String key) {
    var name = NAME.getBytes(StandardCharsets.US_ASCII);
    var command = new CommandArguments(() -> name).key(key);
    for (var word : BY_ONE) {
      command.add(word);
    }
    return command;
  }

  /** What a purchase needs, besides what the preload needs. */
  static List<Right> rights(String key) {
    return List.of(Right.get(key), Right.write(NAME, key, BY_ONE));
  }

  @Override
  public Outcome buy(Connection connection) {
    return meaning(connection.executeCommand(command));
  }

  @Override
  public void prepare(Connection connection) {
    // There is no script to load.
  }

  @Override
  public Optional<CommandArguments> evalFallback() {
    return Optional.empty();
  }

  @Override
  public void requireSense(@Nullable Object reply) {
    var _ = meaning(reply);
  }

  @Override
  public Outcome meaning(@Nullable Object reply) {
    if (reply instanceof List<?> two
        && two.size() == 2
        && two.get(0) instanceof Long left
        && two.get(1) instanceof Long change) {
      if (change == -1) {
        return new Outcome.Sold(OptionalLong.of(left));
      }
      if (change == 0) {
        return new Outcome.SoldOut(OptionalLong.empty());
      }
    }
    throw new IllegalStateException("the reply to " + NAME + " is no counter and change by -1");
  }
}
