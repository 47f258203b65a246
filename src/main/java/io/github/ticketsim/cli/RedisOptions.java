package io.github.ticketsim.cli;

import io.github.ticketsim.redis.Deployment.DeploymentPlan;
import io.github.ticketsim.run.RedisAccess;
import io.github.ticketsim.stock.redis.RedisAddress;
import io.github.ticketsim.storm.StormClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that talks to Redis. */
final class RedisOptions {

  private static final String DEFAULT_URI = "redis://localhost:6379";

  /** Control characters, and what Java puts in the place of bytes that are none of its encoding. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\uFFFD]");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--redis",
      paramLabel = "URI",
      defaultValue = "${env:TICKET_SIM_REDIS:-" + DEFAULT_URI + "}",
      description = {
        "redis://[[user]:password@]host[:port][/database], or rediss:// for TLS.",
        "Others: redis+unix:, redis-sentinel:, redis-cluster:, see the manual page topologies.",
        "Environment: TICKET_SIM_REDIS.",
        "Default: " + DEFAULT_URI
      })
  private String redis;

  @Option(
      names = "--embedded",
      description = "Start a private Redis for this command alone, stop it at the end.")
  private boolean embedded;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "ticket:stock",
      description = "The stock key. Default: ${DEFAULT-VALUE}")
  private String key;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      defaultValue = "2s",
      description = "For connecting and for each reply. Default: ${DEFAULT-VALUE}")
  private Duration timeout;

  @Mixin private LoginOptions login;

  String key() {
    if (key.isEmpty() || UNPRINTABLE.matcher(key).find()) {
      throw new UsageException(
          "--key is empty, or holds what cannot be printed in this locale; choose another");
    }
    return key;
  }

  Duration timeout() {
    return timeout;
  }

  boolean embedded() {
    return embedded;
  }

  /** Finds out which Redis is meant, and starts it if it is to be a private one. */
  RedisAccess open() {
    return open(DeploymentPlan.plain());
  }

  /** The same; {@code plan} says what a private one is like. */
  RedisAccess open(DeploymentPlan plan) {
    return open(plan, Optional.empty());
  }

  /**
   * The same if a sale file may name one.
   *
   * @param target of the file; an option wins over it
   */
  RedisAccess open(DeploymentPlan plan, Optional<String> target) {
    var chosen = command.commandLine().getParseResult().hasMatchedOption("--redis");
    if (embedded && chosen) {
      throw new UsageException("--redis and --embedded exclude each other; give one of them");
    }
    if (embedded) {
      requireNone(LoginOptions.NAMES);
      return RedisAccess.to(plan.start(StormClock.system().nanos()));
    }
    if (target.isPresent() && !chosen) {
      return UsageException.named("target of the sale file", () -> access(target.get()));
    }
    try {
      return access(redis.isEmpty() ? DEFAULT_URI : redis);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--redis (or TICKET_SIM_REDIS) %s; write it like redis://user:password@host:6379/0"
              .formatted(e.getMessage()));
    }
  }

  private RedisAccess access(String uri) {
    return RedisAccess.to(RedisAddress.parse(uri, login.login()));
  }

  private void requireNone(List<String> options) {
    options.stream()
        .filter(command.commandLine().getParseResult()::hasMatchedOption)
        .findFirst()
        .ifPresent(
            option -> {
              throw new UsageException(
                  option + " and --embedded exclude each other; give one of them");
            });
  }
}
