package io.github.ticketsim.stock.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Lua script on one key that replies with a number. Called by its digest, and sent whole if the
 * server does not know it.
 *
 * <p>It writes once, and does nothing afterwards. So if Redis refuses a command that it calls,
 * nothing was executed.
 *
 * @param source in Lua
 * @param digest SHA-1 of the source in hexadecimal, as Redis computes it
 */
record Script(String source, String digest) {

  static Script of(String source) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var digest = sha1.digest(source.getBytes(StandardCharsets.UTF_8));
      return new Script(source, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Loads the script into the server; if that is forbidden, it will be sent by {@code EVAL}. */
  void load(Connection connection) {
    try {
      connection.executeCommand(new CommandArguments(Command.SCRIPT).add(Keyword.LOAD).add(source));
    } catch (JedisDataException _) {
      // A user may have the right to run scripts, and not to load them.
    }
  }

  /**
   * Loads the script, which may be one that is none.
   *
   * @throws JedisDataException if it cannot be compiled; not if loading is forbidden
   */
  void requireLoaded(RedisControl control) {
    try {
      var _ =
          control.replyOfAll(new CommandArguments(Command.SCRIPT).add(Keyword.LOAD).add(source));
    } catch (JedisDataException e) {
      if (!RedisProblem.words(e).startsWith("NOPERM")) {
        throw e;
      }
    }
  }

  /** Calls the script by its digest. */
  CommandArguments byDigest(String key, String... arguments) {
    return command(Command.EVALSHA, digest, key, arguments);
  }

  /** Sends the script, which Redis keeps under its digest from then on. */
  CommandArguments evalFallback(String key, String... arguments) {
    return command(Command.EVAL, source, key, arguments);
  }

  /**
   * @throws JedisDataException when the server answered with an error, see {@link NotExecutedError}
   */
  long run(Connection connection, String key, String... arguments) {
    try {
      return Commands.whole(connection, byDigest(key, arguments));
    } catch (JedisNoScriptException e) {
      if (!NotExecutedError.proves(e)) {
        throw e;
      }
      // Proven not executed, so this is the first execution and no retry.
      return Commands.whole(connection, evalFallback(key, arguments));
    }
  }

  private static CommandArguments command(
      Command command, String script, String key, String... arguments) {
    return new CommandArguments(command)
        .add(script)
        .add(1)
        .key(key)
        .addObjects((Object[]) arguments);
  }
}
