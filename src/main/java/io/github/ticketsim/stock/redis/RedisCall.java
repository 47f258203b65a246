package io.github.ticketsim.stock.redis;

import io.github.ticketsim.sale.CommandText;
import io.github.ticketsim.sale.Place;
import io.github.ticketsim.sale.RedisSteps.CommandStep;
import io.github.ticketsim.sale.RedisSteps.Form;
import io.github.ticketsim.sale.RedisSteps.RedisPurchase;
import io.github.ticketsim.sale.Template;
import io.github.ticketsim.sale.Text;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.StaticCommandFlagsRegistry;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.commands.ProtocolCommand;

/** A command with values in it, compiled so that a purchase only writes them down. */
final class RedisCall {
  private static final Set<String> SCRIPTS =
      Set.of("EVAL", "EVALSHA", "EVAL_RO", "EVALSHA_RO", "FCALL", "FCALL_RO");

  /** What would leave a connection of many buyers in another state, or answers more than once. */
  private static final Set<String> STATEFUL =
      Set.of(
          "AUTH",
          "CLIENT",
          "DISCARD",
          "EXEC",
          "HELLO",
          "MONITOR",
          "MULTI",
          "PSUBSCRIBE",
          "QUIT",
          "RESET",
          "SELECT",
          "SSUBSCRIBE",
          "SUBSCRIBE",
          "UNWATCH",
          "WATCH");

  private final ProtocolCommand command;
  private final List<Argument> arguments;
  private final Optional<Script> source;
  private final boolean script;

  /**
   * A word behind the command.
   *
   * @param fixed what it always is; null if that differs from purchase to purchase
   */
  private record Argument(Text text, @Nullable Rawable fixed) {
    static Argument of(Text text) {
      return new Argument(
          text, text.fixed() ? RawableFactory.from(bytes(text, PurchaseRequest.FIRST)) : null);
    }

    Rawable of(PurchaseRequest purchase) {
      return fixed == null ? RawableFactory.from(bytes(text, purchase)) : fixed;
    }

    private static byte[] bytes(Text text, PurchaseRequest purchase) {
      var bytes = new byte[text.length(purchase, "")];
      var _ = text.write(purchase, "", bytes, 0);
      return bytes;
    }
  }

  private RedisCall(String command, List<Text> arguments, Optional<Script> source, boolean script) {
    var name = command.getBytes(StandardCharsets.UTF_8);
    this.command = () -> name;
    this.arguments = arguments.stream().map(Argument::of).toList();
    this.source = source;
    this.script = script;
  }

  /**
   * The command in {@code line}.
   *
   * @param known names of values that it may have
   * @throws IllegalArgumentException if it has others, or cannot be sent over such a connection
   */
  static RedisCall of(CommandStep line, Values values, Collection<String> known) {
    return named(
        line.where(),
        () -> {
          var words = CommandText.words(line.text());
          var name = name(words.getFirst());
          return new RedisCall(
              name,
              texts(words.stream().skip(1).toList(), values, known),
              Optional.empty(),
              SCRIPTS.contains(name));
        });
  }

  /** The same for what buys. */
  static RedisCall of(RedisPurchase call, Values values) {
    var known = Values.ofPurchase(values.columns().keySet());
    if (call.form() == Form.COMMAND) {
      return of(new CommandStep(call.where(), call.text()), values, known);
    }
    return named(
        call.where(),
        () -> {
          var words = new ArrayList<Text>();
          words.add(literal(values, Integer.toString(call.keys().size())));
          words.addAll(
              texts(
                  Stream.concat(call.keys().stream(), call.args().stream())
                      .map(Template::parse)
                      .toList(),
                  values,
                  known));
          if (call.form() == Form.SCRIPT) {
            var script = Script.of(call.text());
            words.addFirst(literal(values, script.digest()));
            return new RedisCall("EVALSHA", words, Optional.of(script), true);
          }
          words.addFirst(literal(values, call.text()));
          return new RedisCall("FCALL", words, Optional.empty(), true);
        });
  }

  private static String name(Template word) {
    if (!(word.parts().size() == 1
        && word.parts().getFirst() instanceof Template.Literal(var it))) {
      throw new IllegalArgumentException("the name of the command must not have values in it");
    }
    var name = it.toUpperCase(Locale.ROOT);
    if (STATEFUL.contains(name)) {
      throw new IllegalArgumentException(
          name + " changes what its connection does for the next buyer; use a script instead");
    }
    return name;
  }

  private static List<Text> texts(
      List<Template> templates, Values values, Collection<String> known) {
    var texts = new ArrayList<Text>();
    for (var template : templates) {
      template.requireKnown(known);
      texts.add(new Text.Builder(values).template(template, Place.TEXT).build());
    }
    return texts;
  }

  private static Text literal(Values values, String text) {
    return new Text.Builder(values).literal(text).build();
  }

  private static RedisCall named(String where, Supplier<RedisCall> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /** The script that it runs by its digest; empty if it runs none, or one that the server has. */
  Optional<Script> source() {
    return source;
  }

  /** Whether its reply is a hash, each field of which is a name with its value. */
  boolean repliesPairs() {
    return RedisReply.text(command.getRaw()).equals("HGETALL");
  }

  /** What Redis must let us do to send it for {@code purchase}. */
  Right right(PurchaseRequest purchase) {
    var words =
        Stream.concat(Stream.of(command.getRaw()), words(purchase, 0, arguments.size()).stream())
            .map(RedisReply::text)
            .toList();
    return new Right(
        words.getFirst().toLowerCase(Locale.ROOT),
        words,
        keys(purchase).stream().findFirst().map(RedisReply::text).orElse(""),
        false);
  }

  /** The words from {@code from} on of a purchase, as many of {@code count} as there are. */
  List<byte[]> words(PurchaseRequest purchase, int from, int count) {
    return arguments.stream()
        .skip(from)
        .limit(count)
        .map(argument -> argument.of(purchase).getRaw())
        .toList();
  }

  /**
   * The keys of a purchase: those that a script or function is called with, else the word behind
   * the command, which most begin with.
   */
  List<byte[]> keys(PurchaseRequest purchase) {
    return script ? words(purchase, 2, number(words(purchase, 1, 1))) : words(purchase, 0, 1);
  }

  private static int number(List<byte[]> word) {
    try {
      return word.isEmpty() ? 0 : Math.max(0, Integer.parseInt(RedisReply.text(word.getFirst())));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** Whether it has no key, and is meant for every server that sells. */
  boolean forAll() {
    return switch (StaticCommandFlagsRegistry.registry()
        .getRequestPolicy(command(PurchaseRequest.FIRST))) {
      case ALL_SHARDS, ALL_NODES -> true;
      case DEFAULT, MULTI_SHARD, SPECIAL -> false;
    };
  }

  /** Whether a script decides what it does, which may write more than once. */
  boolean script() {
    return script;
  }

  /** Whether nothing in it differs from buyer to buyer. */
  boolean sameForAllBuyers() {
    return arguments.stream().allMatch(argument -> argument.text().sameForAllBuyers());
  }

  /** The command for {@code purchase}. */
  CommandArguments command(PurchaseRequest purchase) {
    var words = new CommandArguments(command);
    for (var argument : arguments) {
      words.add(argument.of(purchase));
    }
    return words;
  }

  /** The same with the whole of the script, which Redis keeps from then on. */
  CommandArguments evalFallback(PurchaseRequest purchase) {
    var words = new CommandArguments(Protocol.Command.EVAL).add(source.orElseThrow().source());
    for (var argument : arguments.subList(1, arguments.size())) {
      words.add(argument.of(purchase));
    }
    return words;
  }
}
