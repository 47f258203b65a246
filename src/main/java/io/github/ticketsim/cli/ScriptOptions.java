package io.github.ticketsim.cli;

import io.github.ticketsim.sale.RedisReader;
import io.github.ticketsim.sale.RedisSteps;
import io.github.ticketsim.sale.RedisSteps.CommandStep;
import io.github.ticketsim.sale.RedisSteps.Form;
import io.github.ticketsim.sale.RedisSteps.RedisPurchase;
import io.github.ticketsim.sale.Sale;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a Redis sells by a script of the user's own. */
final class ScriptOptions {
  private static final String SCRIPT = "--script";

  @Option(
      names = SCRIPT,
      paramLabel = "FILE",
      description = {
        "Buy with that Lua script instead of a --strategy; --sold-if and the other rules say what"
            + " its replies mean, such as 'reply=1', 'reply>=0', 'reply<0', 'error=START', /0=1.",
        "--stock sets the first of --keys, which is read as what is left, unless a sale file says"
            + " otherwise."
      })
  private @Nullable Path script;

  @Option(
      names = "--keys",
      paramLabel = "KEY",
      split = ",",
      description = "Its KEYS, with commas between; values such as {{item}} may stand in them.")
  private List<String> keys = List.of();

  @Option(
      names = "--args",
      paramLabel = "ARG",
      split = ",",
      description = "Its ARGV, with commas between, such as {{customer}},{{quantity}}.")
  private List<String> args = List.of();

  /**
   * What is sent to a Redis that sells in its own way; empty if neither options nor file are about
   * one.
   *
   * @param stock to preload
   */
  Optional<RedisSteps> steps(Sale file, OptionalLong stock) {
    var path = script;
    if (path == null) {
      if (!keys.isEmpty() || !args.isEmpty()) {
        throw new UsageException(
            "%s: only with --script; pass --script FILE"
                .formatted(keys.isEmpty() ? "--args" : "--keys"));
      }
      file.redis()
          .filter(steps -> steps.purchase().isEmpty())
          .ifPresent(
              _ -> {
                throw new UsageException(
                    "--sale: the file lacks the key purchase; add it, or pass --script FILE");
              });
      return file.redis();
    }
    if (file.redis().isEmpty() && !file.equals(Sale.NONE)) {
      throw new UsageException("--script is for a Redis, and the sale file is not about one");
    }
    var source = UsageException.named(SCRIPT, () -> RedisReader.source(path));
    var call = new RedisPurchase(SCRIPT, Form.SCRIPT, source, Optional.of(path), keys, args);
    if (file.redis().isPresent()) {
      return Optional.of(file.redis().get().with(call));
    }
    if (keys.isEmpty()) {
      throw new UsageException("--script: the key of the stock is not known; pass --keys KEY,...");
    }
    var key = quoted(keys.getFirst());
    return Optional.of(
        new RedisSteps(
            stock.isPresent()
                ? List.of(new CommandStep("--stock", "SET " + key + " {{stock}}"))
                : List.of(),
            Optional.of(call),
            Optional.of(new CommandStep("--keys", "GET " + key)),
            Optional.empty()));
  }

  private static String quoted(String key) {
    return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
