package io.github.ticketsim.cli;

import io.github.ticketsim.run.EndpointPlan;
import io.github.ticketsim.run.HttpEndpoint;
import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.sale.ReplyRules;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.sale.SaleException;
import io.github.ticketsim.sale.Wants;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.http.HttpSale.HttpLeft;
import io.github.ticketsim.stock.http.HttpTarget;
import io.github.ticketsim.stock.http.StockPage;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.PurchasePlan;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that aim a storm at an HTTP endpoint. */
final class TargetOptions {
  private static final String TARGET = "--target";
  private static final String STOCK_URL = "--stock-url";

  /** What only a Redis has. */
  private static final List<String> OTHERS =
      List.of(
          "--strategy",
          "--pipeline",
          "--redis",
          "--embedded",
          "--key",
          "--fault",
          "--persistence",
          "--wait-replicas");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = TARGET,
      paramLabel = "URL",
      description = {
        "Storm that http:// or https:// endpoint instead of a Redis, such as"
            + " http://localhost:8080/buy.",
        "All below is for it alone."
      })
  private @Nullable HttpAddress target;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "POST",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private HttpTarget.Method method;

  @Option(
      names = "--header",
      paramLabel = "HEADER",
      description =
          "'Name: value', may be repeated. It goes to --stock-url too if that is on the same"
              + " server.")
  private List<HttpHeader> headers = List.of();

  @Option(
      names = "--body",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Sent as application/json unless a --header says otherwise. Default: none")
  private String body;

  @Option(
      names = "--sold-if",
      paramLabel = "RULE",
      defaultValue = "/result=true",
      description =
          "Which replies say sold: a status such as status=201, or a JSON pointer and a value, or"
              + " several joined by &&. May be repeated, as the next two: one must hold. Default:"
              + " ${DEFAULT-VALUE}")
  private List<ReplyRule> soldIf;

  @Option(
      names = "--sold-out-if",
      paramLabel = "RULE",
      defaultValue = "/result=false",
      description =
          "Which replies say sold out, such as 'status=409 && /error=sold-out'. Default:"
              + " ${DEFAULT-VALUE}")
  private List<ReplyRule> soldOutIf;

  @Option(
      names = "--limited-if",
      paramLabel = "RULE",
      description =
          "Which replies say that this customer may have no more, such as 'status=409 &&"
              + " /error=already-purchased'. Default: none")
  private List<ReplyRule> limitedIf = List.of();

  @Option(
      names = "--failed-if",
      paramLabel = "RULE",
      description = {
        "Which replies prove that the purchase was not executed, beside a 429 that no rule speaks"
            + " of. A reply that no rule speaks of is indeterminate, and so is one that rules of"
            + " two options speak of.",
        "Default: as `ticket-sim serve` says it, a 503 in application/problem+json with a reason"
      })
  private List<ReplyRule> failedIf = List.of();

  @Option(
      names = "--value-at",
      converter = Pointer.class,
      paramLabel = "POINTER",
      description =
          "Where each reply, a refusal too, carries the counter, which every purchase takes one"
              + " from, below zero too. The model is then counter. Default: replies carry none, the"
              + " model is tally")
  private @Nullable String valueAt;

  @Option(
      names = "--order-at",
      converter = Pointer.class,
      paramLabel = "POINTER",
      description = "Where the reply to a sale carries the order's id. Default: nowhere")
  private @Nullable String orderAt;

  @Option(
      names = STOCK_URL,
      paramLabel = "URL",
      description =
          "Where GET tells what is left, before and after the storm. Without it the verdict is"
              + " UNKNOWN at best")
  private @Nullable HttpAddress stockUrl;

  @Option(
      names = "--stock-at",
      converter = Pointer.class,
      paramLabel = "POINTER",
      defaultValue = "/left",
      description = "Where in that answer. Default: ${DEFAULT-VALUE}")
  private String stockAt;

  /** Takes JSON pointers alone. */
  private static final class Pointer implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        return StockPage.pointer(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** What a Redis that sells in its own way has no use for. */
  private static final List<String> NOT_FOR_REDIS =
      List.of(
          TARGET, "--method", "--header", "--body", STOCK_URL, "--stock-at", "--try", "--strategy");

  /** What is stormed, and who buys what. */
  record Aim(HttpEndpoint endpoint, PurchasePlan purchases) {}

  /** Whether options or file name an endpoint, or a usage error if others do not fit to that. */
  boolean given(Sale file) {
    if (target == null && file.target().isEmpty()) {
      refuse(
          Stream.of(SaleOptions.SALE),
          "the sale file names no target; add target, or pass " + TARGET + " URL");
      refuse(ours(), "%s: only with " + TARGET + "; pass " + TARGET + " URL");
      return false;
    }
    refuse(
        OTHERS.stream(),
        "%s and "
            + (target == null ? SaleOptions.SALE : TARGET)
            + " exclude each other, the first is for a Redis; give one of them");
    return true;
  }

  /** What makes no sense without a target. */
  private Stream<String> ours() {
    var owners = Set.of(TargetOptions.class, SaleOptions.class);
    return command.commandLine().getCommandSpec().options().stream()
        .filter(
            option ->
                option.userObject() instanceof Field field
                    && owners.contains(field.getDeclaringClass()))
        .map(OptionSpec::longestName);
  }

  private void refuse(Stream<String> options, String problem) {
    options
        .filter(this::given)
        .findFirst()
        .ifPresent(
            option -> {
              throw new UsageException(problem.formatted(option));
            });
  }

  /**
   * The endpoint that options and file name together, or a usage error.
   *
   * @param load when they buy
   * @param seed of what is left to chance
   */
  Aim aim(Sale file, Wants wants, Load load, long seed, int connections, Duration timeout) {
    try {
      var base = base(file);
      var reader = new EndpointPlan(file, wants, purchase(file, base), load);
      var left = left(base, file, reader);
      if (left.isEmpty() && wants.stock().isEmpty()) {
        throw new UsageException(
            TARGET
                + " needs to know how many tickets there are; pass --stock N, or "
                + STOCK_URL
                + " URL, or say stock or left in a sale file");
      }
      return new Aim(
          reader.endpoint(base, rules(file), left, connections, timeout), reader.purchases(seed));
    } catch (SaleException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private HttpAddress base(Sale file) {
    return target == null
        ? UsageException.named(TARGET, () -> HttpAddress.parse(file.target().orElseThrow()))
        : target;
  }

  private HttpTarget purchase(Sale file, HttpAddress base) {
    if (file.purchase().isEmpty()) {
      return new HttpTarget(base, method, headers, body);
    }
    var described = EndpointPlan.request(base, file.purchase().get(), List.of());
    return new HttpTarget(
        described.address(),
        given("--method") ? method : described.method(),
        described.headersAfter(headers),
        given("--body") ? body : described.body());
  }

  /**
   * What replies of a Redis mean that sells in its own way, or a usage error if that is not said or
   * other options do not fit to it.
   */
  ReplyRules redisRules(Sale file) {
    refuse(
        NOT_FOR_REDIS.stream(),
        "%s is not for a Redis that sells by a script or command of yours; leave it out");
    var rules = rules(file, Map.of(), true);
    if (rules.rules().getOrDefault(Meaning.SOLD, List.of()).isEmpty()) {
      throw new UsageException(
          "nothing says which replies mean that a ticket was sold; pass --sold-if 'reply=1', or"
              + " say replies in the sale file");
    }
    return rules;
  }

  private ReplyRules rules(Sale file) {
    return rules(file, options(), false);
  }

  private Map<Meaning, List<ReplyRule>> options() {
    return Map.of(
        Meaning.SOLD, soldIf,
        Meaning.SOLD_OUT, soldOutIf,
        Meaning.LIMITED, limitedIf,
        Meaning.FAILED, failedIf);
  }

  /**
   * @param usual rules if the file has none
   */
  private ReplyRules rules(Sale file, Map<Meaning, List<ReplyRule>> usual, boolean redis) {
    var rules = new EnumMap<Meaning, List<ReplyRule>>(Meaning.class);
    rules.putAll(file.replies().orElse(usual));
    options()
        .forEach(
            (meaning, some) -> {
              if (given(meaning.option())) {
                UsageException.named(
                    meaning.option(),
                    () -> {
                      some.forEach(rule -> rule.requireFit(redis));
                      return some;
                    });
                rules.put(meaning, some);
              }
            });
    return new ReplyRules(
        rules,
        Optional.ofNullable(valueAt).or(file::value),
        file.bounded(),
        Optional.ofNullable(orderAt).or(file::order));
  }

  private Optional<HttpLeft> left(HttpAddress base, Sale file, EndpointPlan reader) {
    if (stockUrl == null) {
      return reader.left(base);
    }
    return Optional.of(
        new HttpLeft(
            purchase(file, base).look(stockUrl), stockAt, "check --stock-url and --stock-at"));
  }

  private boolean given(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
