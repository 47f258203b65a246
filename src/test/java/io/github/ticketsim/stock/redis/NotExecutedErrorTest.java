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
        "",
      })
  void provesNothingWhereSomethingElseIsSaid(String error) {
    assertThat(proves(error)).isFalse();
  }

  /** A word that only begins like a code of Redis is another word. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_.*|OVERFLOW")
  void isAWholeWord(NotExecutedError code) {
    assertThat(proves(code + " as Redis says")).isTrue();
    assertThat(proves(code + "S as somebody else says")).isFalse();
  }

  /** A script of the user's own may have written before it gives one of these errors. */
  @ParameterizedTest
  @ValueSource(
      strings = {"WRONGTYPE Operation", "NOPERM No permissions", "OOM command not allowed"})
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
