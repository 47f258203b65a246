package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Connections to nodes that a slot is being moved to, or has been moved to. Each command is
 * preceded by {@code ASKING}, which changes nothing at a node that has the slot; the node that
 * gives the slot away is asked first each time, as a key may still be there.
 */
final class AskedNodes implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;

  private final Duration timeout;
  private final NamedConnections names;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final ConcurrentLinkedDeque<AskingConnection> idle = new ConcurrentLinkedDeque<>();

  AskedNodes(Duration timeout, NamedConnections names) {
    this.timeout = timeout;
    this.names = names;
  }

  /**
   * Buys at {@code node} once.
   *
   * @throws JedisDataException when the answer was an error
   */
  Outcome buy(RedisEndpoint node, Strategy strategy) {
    free.acquireUninterruptibly();
    try {
      AskingConnection connection;
      try {
        connection = connection(node);
      } catch (JedisException e) {
        // Nothing was sent.
        return new Outcome.Failed(RedisProblem.oneLine(e));
      }
      return bought(connection, strategy);
    } finally {
      free.release();
    }
  }

  private AskingConnection connection(RedisEndpoint node) {
    var waiting = idle.poll();
    if (waiting != null && waiting.node.equals(node)) {
      return waiting;
    }
    if (waiting != null) {
      waiting.close();
    }
    var made = new AskingConnection(node, timeout);
    names.name(made);
    return made;
  }

  private Outcome bought(AskingConnection connection, Strategy strategy) {
    try {
      var outcome = strategy.buy(connection);
      giveBack(connection);
      return outcome;
    } catch (JedisDataException e) {
      giveBack(connection);
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      connection.close();
      return new Outcome.Indeterminate(RedisProblem.oneLine(e));
    }
  }

  private void giveBack(AskingConnection connection) {
    if (connection.isBroken() || connection.queueing) {
      connection.close();
    } else {
      idle.add(connection);
    }
  }

  @Override
  public void close() {
    for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }

  private static final class AskingConnection extends Connection {
    private final RedisEndpoint node;

    /** Logged in. */
    private final boolean ready;

    /** Within a transaction, of which {@code ASKING} would be a part. */
    private boolean queueing;

    AskingConnection(RedisEndpoint node, Duration timeout) {
      super(
          builder()
              .socketFactory(new CapturingSocketFactory(node, timeout))
              .clientConfig(node.config(timeout)));
      this.node = node;
      initializeFromClientConfig(node.config(timeout));
      ready = true;
    }

    @Override
    public Object executeCommand(CommandArguments command) {
      if (ready && !queueing) {
        var _ = super.executeCommand(new CommandArguments(Command.ASKING));
      }
      var name = new String(command.getCommand().getRaw(), StandardCharsets.UTF_8);
      queueing =
          name.toUpperCase(Locale.ROOT).equals("MULTI") || (queueing && !name.equals("EXEC"));
      return super.executeCommand(command);
    }
  }
}
