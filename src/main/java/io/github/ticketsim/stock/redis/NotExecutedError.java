package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Outcome;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The errors that prove that nothing was taken: those with which Redis itself declines a command of
 * a purchase before it executes it, in its own words. Any other error may come from a proxy in
 * between, which can have passed the command on, so it proves nothing. Proxies use the codes of
 * Redis too, so a code alone is no proof.
 *
 * <p>Not among them is what Redis never says to a purchase: {@code WRONGPASS}, {@code NOPROTO} and
 * "max number of clients reached" answer a new connection, over which nothing has been bought yet,
 * and {@code UNBLOCKED} answers a {@code WAIT}, before which something has.
 *
 * <p>Files are those of Redis 7 and Valkey 8; the words are those of Redis 6.0 to 8.2 and Valkey 8.
 * An error out of the middle of a script counts like any other, see {@link Script}.
 */
enum NotExecutedError {
  /** {@code clusterRedirectClient} in src/cluster.c, before execution. */
  MOVED("MOVED [0-9]{1,5} \\S*:[0-9]{1,5}$"),
  /** As {@link #MOVED}. */
  ASK("ASK [0-9]{1,5} \\S*:[0-9]{1,5}$"),
  /** As {@link #MOVED}. */
  CLUSTERDOWN("CLUSTERDOWN (The cluster is down|Hash slot not served)"),
  /** As {@link #MOVED}. */
  TRYAGAIN("TRYAGAIN Multiple keys request during rehashing of slot"),
  /** As {@link #MOVED}. */
  CROSSSLOT("CROSSSLOT Keys in request don't hash to the same slot"),
  /** {@code processCommand} in src/server.c: a replica takes no writes. */
  READONLY("READONLY (You can't write against a read only |Can not run script with write flag)"),
  /** {@code processCommand}: a replica without its primary, which is not to serve old data. */
  MASTERDOWN("MASTERDOWN Link with MASTER is down"),
  /** {@code processCommand}: fewer replicas than {@code min-replicas-to-write}. */
  NOREPLICAS("NOREPLICAS Not enough good replicas to write"),
  /** {@code processCommand}: the data is not in memory yet. */
  LOADING("LOADING (Redis|Valkey) is loading the dataset in memory"),
  /** {@code processCommand}: what was written before could not be saved. */
  MISCONF("MISCONF ((Redis|Valkey) is configured to |Errors writing to the AOF file)"),
  /** {@code processCommand}: beyond {@code maxmemory}. */
  OOM("OOM (command not allowed when used memory|allow-oom flag is not set on the script)"),
  /** {@code processCommand}: not logged in. */
  NOAUTH("NOAUTH Authentication required"),
  /** {@code processCommand}: forbidden by the ACL; from Redis 7.2 on out of a script too. */
  NOPERM(
      "NOPERM (ACL failure in script: )?"
          + "((this user|User \\S+) has no permissions to |No permissions to access |ACLs rules )"),
  /** {@code processCommand}: another script has been running for too long. */
  BUSY("BUSY (Redis|Valkey) is busy running a "),
  /** {@code evalGenericCommand} in src/eval.c: there is no such script to run. */
  NOSCRIPT("NOSCRIPT No matching script"),
  /** {@code execCommand} in src/multi.c: of the transaction nothing was executed. */
  EXECABORT("EXECABORT Transaction discarded because of"),
  /** {@code checkType} in src/object.c, which all commands ask before they write. */
  WRONGTYPE("WRONGTYPE Operation against a key holding the wrong kind of value"),
  /** {@code getLongLongFromObjectOrReply} in src/object.c, before {@code DECR} writes. */
  NO_INTEGER("ERR value is not an integer or out of range"),
  /** {@code incrDecrCommand} in src/t_string.c, before it writes. */
  OVERFLOW("ERR increment or decrement would overflow"),
  /** {@code processCommand}: renamed away, or newer than the server. */
  UNKNOWN_COMMAND("ERR unknown command ['`].*, with args beginning with: "),
  /** {@code scriptCall} in src/script.c, before the command that the script calls. */
  UNKNOWN_IN_SCRIPT("(ERR )?Unknown (Redis )?command called from (Lua )?script"),
  /** {@code scriptVerifyACL} in src/script.c, until Redis 7.2; then {@link #NOPERM}. */
  FORBIDDEN_IN_SCRIPT("(ERR )?The user executing the script can't "),
  /** What the script of {@link Lua} says, before it writes. */
  NO_STOCK(Pattern.quote(Lua.NO_STOCK));

  /**
   * Those that no script can get after it has written: Redis says them before it begins a script,
   * or to the first write of it ({@code scriptVerifyWriteCommandAllow} in src/script.c). The others
   * may come from the middle of a script, or be what it returns of a {@code pcall}.
   */
  private static final Set<NotExecutedError> BEFORE_A_SCRIPT_WRITES =
      EnumSet.of(
          MOVED,
          ASK,
          CLUSTERDOWN,
          TRYAGAIN,
          CROSSSLOT,
          READONLY,
          MASTERDOWN,
          NOREPLICAS,
          LOADING,
          MISCONF,
          NOAUTH,
          BUSY,
          NOSCRIPT,
          UNKNOWN_COMMAND);

  /**
   * What Redis 6 puts before an error out of the middle of a script ({@code evalGenericCommand} in
   * src/scripting.c). Later versions put something behind it.
   */
  private static final Pattern IN_A_SCRIPT =
      Pattern.compile(
          "^ERR Error running script \\(call to f_[0-9a-f]{40}\\): (@user_script: ?[0-9]+: )+-?");

  /** How it begins. */
  private final Pattern words;

  NotExecutedError(String words) {
    this.words = Pattern.compile(words);
  }

  /** What an error reply to a purchase says of it. */
  static Outcome outcome(JedisDataException error) {
    var words = RedisProblem.words(error);
    return proves(error) ? new Outcome.Failed(words) : new Outcome.Indeterminate(words);
  }

  /** Whether an error reply proves that nothing was taken. */
  static boolean proves(JedisDataException error) {
    return among(Set.of(values()), error);
  }

  /** The same of a purchase that is a script of the user's own, which may write more than once. */
  static boolean provesOfScript(JedisDataException error) {
    return among(BEFORE_A_SCRIPT_WRITES, error);
  }

  private static boolean among(Set<NotExecutedError> refusals, JedisDataException error) {
    var words = IN_A_SCRIPT.matcher(String.valueOf(error.getMessage())).replaceFirst("");
    return refusals.stream().anyMatch(refusal -> refusal.words.matcher(words).lookingAt());
  }
}
