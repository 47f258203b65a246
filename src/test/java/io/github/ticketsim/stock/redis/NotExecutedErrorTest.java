package io.github.ticketsim.stock.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

class NotExecutedErrorTest {
  private static final String DIGEST = "5e5ab266c50fc9d4553ba8bf15925ac8ac99bc9a";

  private static boolean proves(String error) {
    return NotExecutedError.proves(new JedisDataException(error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOM command not allowed when used memory > 'maxmemory'.",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR value is not an integer or out of range",
        "ERR The user executing the script can't run this command or subcommand",
      })
  void isTheSameOutOfTheMiddleOfAScript(String error) {
    assertThat(proves(error)).isTrue();
    assertThat(proves(error + " script: " + DIGEST + ", on @user_script:1.")).isTrue();
    var six = "ERR Error running script (call to f_" + DIGEST + "): @user_script:1: ";
    assertThat(proves(six + error)).isTrue();
    assertThat(proves(six + "@user_script: 1: -" + error)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR oops",
        "ERR user_script:1: oops script: " + DIGEST + ", on @user_script:1.",
        "ERR Error running script (call to f_" + DIGEST + "): @user_script:1: oops",
        "ERR Error running script (call to f_" + DIGEST + "): user_script:1: OOM, said Lua",
        "ERR proxy: OOM command not allowed",
        "BUSY upstream is overloaded",
        "LOADINGDOCK is closed",
        "ERR unknown command 'DECR' for this backend",
        "MOVED 15707 10.0.0.1:6379 for good",
        "",
      })
  void provesNothingWhereSomethingElseIsSaid(String error) {
    assertThat(proves(error)).isFalse();
  }

  /** As Redis 6.0 to 8.2 and Valkey 8 say it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MOVED 15707 10.0.0.1:6379",
        "MOVED 15707 :6379",
        "ASK 15707 fe80::1:6379",
        "CLUSTERDOWN The cluster is down",
        "CLUSTERDOWN The cluster is down and only accepts read commands",
        "CLUSTERDOWN Hash slot not served",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "CROSSSLOT Keys in request don't hash to the same slot",
        "READONLY You can't write against a read only replica.",
        "READONLY Can not run script with write flag on readonly replica",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "NOREPLICAS Not enough good replicas to write.",
        "LOADING Redis is loading the dataset in memory",
        "LOADING Valkey is loading the dataset in memory",
        "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to",
        "MISCONF Valkey is configured to persist data to AOF, but it's currently unable to",
        "MISCONF Errors writing to the AOF file: No space left on device",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "OOM allow-oom flag is not set on the script, can not run it when used memory >",
        "NOAUTH Authentication required.",
        "NOPERM this user has no permissions to run the 'decr' command or its subcommand",
        "NOPERM User anna has no permissions to run the 'decr' command",
        "NOPERM No permissions to access a key",
        "NOPERM ACL failure in script: User anna has no permissions to run the 'decr' command",
        "NOSCRIPT No matching script. Please use EVAL.",
        "NOSCRIPT No matching script.",
        "EXECABORT Transaction discarded because of previous errors.",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL",
        "BUSY Valkey is busy running a module command.",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR increment or decrement would overflow",
        "ERR unknown command 'DECR', with args beginning with: 'ticket:stock' ",
        "ERR unknown command `DECR`, with args beginning with: `ticket:stock`, ",
        "ERR Unknown Redis command called from script",
        "ERR Error running script (call to f_5e5ab266c50fc9d4553ba8bf15925ac8ac99bc9a):"
            + " @user_script:1: @user_script: 1: Unknown Redis command called from Lua script",
      })
  void isKnownByTheWordsOfTheServers(String error) {
    assertThat(proves(error)).isTrue();
  }

  /** Proxies use the codes of Redis, for what they say after they have passed a command on too. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_.*|OVERFLOW")
  void provesNothingByItsCodeAlone(NotExecutedError code) {
    assertThat(proves(code + " the upstream did not answer in time")).isFalse();
    assertThat(proves(code.name())).isFalse();
  }

  /** A script of the user's own may have written before it gives one of these errors. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "NOPERM No permissions to access a key",
        "OOM command not allowed when used memory > 'maxmemory'.",
      })
  void anErrorThatAScriptCanGetAfterAWriteProvesNothing(String error) {
    var marked = error + " script: " + DIGEST + ", on @user_script:1.";
    assertThat(NotExecutedError.provesOfScript(new JedisDataException(error))).isFalse();
    assertThat(NotExecutedError.provesOfScript(new JedisDataException(marked))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READONLY You can't write against a read only replica.",
        "BUSY Redis is busy running a script.",
        "NOSCRIPT No matching script.",
        "MOVED 1 127.0.0.1:7000",
      })
  void anErrorBeforeTheFirstWriteOfAScriptProvesIt(String error) {
    assertThat(NotExecutedError.provesOfScript(new JedisDataException(error))).isTrue();
  }
}
