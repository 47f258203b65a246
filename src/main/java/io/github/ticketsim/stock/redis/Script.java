package io.github.ticketsim.stock.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Lua script on one key that replies with a number. Called by its digest, and sent whole where
 * the server does not know it (yet, or any more).
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

  /**
   * @throws JedisDataException when Redis did not run the script
   * @throws IllegalStateException when the script failed in the middle: what it had written stays
   */
  long run(Connection connection, String key, String... arguments) {
    try {
      try {
        return Commands.whole(connection, command(Command.EVALSHA, digest, key, arguments));
      } catch (JedisNoScriptException _) {
        // Proven not executed, so this is the first execution and no retry.
        return Commands.whole(connection, command(Command.EVAL, source, key, arguments));
      }
    } catch (JedisDataException e) {
      if (String.valueOf(e.getMessage()).contains("user_script")) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      throw e;
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
