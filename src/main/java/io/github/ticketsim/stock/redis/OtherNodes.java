package io.github.ticketsim.stock.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The nodes of a cluster beside the one that is asked first. They send a command to the node of its
 * key, which proves that they have not executed it.
 *
 * @param name of the connections
 * @param known nodes that sell
 * @param opened connections so far
 */
record OtherNodes(
    List<RedisEndpoint> known, Duration timeout, String name, Map<RedisEndpoint, Connection> opened)
    implements AutoCloseable {

  OtherNodes(List<RedisEndpoint> known, Duration timeout, String name) {
    this(List.copyOf(known), timeout, name, new HashMap<>());
  }

  /**
   * The reply of the node that has the key.
   *
   * @param first which was asked
   * @param sent where it was sent to by that
   * @throws JedisException if there is none
   */
  @Nullable Object follow(
      RedisEndpoint first, JedisRedirectionException sent, CommandArguments command) {
    var by = first;
    var last = sent;
    for (var more = Redirections.MOST; more > 0; more--) {
      by = CurrentServer.named(last.getTargetNode(), by);
      var connection = connection(by);
      try {
        if (last instanceof JedisAskDataException) {
          var _ = connection.executeCommand(new CommandArguments(Command.ASKING));
        }
        return connection.executeCommand(command);
      } catch (JedisRedirectionException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Sends {@code command} to each that sells, but {@code first}. */
  void tell(RedisEndpoint first, CommandArguments command) {
    for (var node : known) {
      if (!node.equals(first)) {
        var _ = connection(node).executeCommand(command);
      }
    }
  }

  private Connection connection(RedisEndpoint node) {
    var open = opened.get(node);
    if (open != null && !open.isBroken()) {
      return open;
    }
    try {
      var made = NamedConnections.open(node, timeout, name);
      opened.put(node, made);
      return made;
    } catch (JedisException e) {
      throw new SecondLook(node, timeout).at(e);
    }
  }

  @Override
  public void close() {
    opened.values().forEach(OtherNodes::close);
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (JedisException _) {
      // The socket is closed all the same; nothing hangs on how.
    }
  }
}
