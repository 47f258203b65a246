package io.github.ticketsim.cli;

import io.github.ticketsim.run.SaleOverrides;
import io.github.ticketsim.sale.ReplyRule;
import io.github.ticketsim.sale.ReplyRules.Meaning;
import io.github.ticketsim.sale.Sale;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.http.HttpTarget;
import io.github.ticketsim.stock.http.StockPage;
import io.github.ticketsim.stock.sql.SqlAddress;
import io.github.ticketsim.stock.sql.SqlStrategy;
import java.lang.reflect.Field;
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
  private static final String STRATEGY = "--strategy";
  private static final String STOCK_URL = "--stock-url";

  /** What only a Redis has. */
  private static final List<String> OTHERS =
      List.of(
          STRATEGY,
          "--pipeline",
          "--redis",
          "--embedded",
          "--key",
          "--fault",
          "--persistence",
          "--topology",
          "--nodes",
          "--wait-replicas");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = TARGET,
      paramLabel = "URL",
      description = {
        "Storm that http:// or https:// endpoint instead of a Redis, such as"
            + " http://localhost:8080/buy.",
        "All below is for it alone.",
        "Or a database that sells as a --sale file or a --strategy says, such as"
            + " jdbc:postgresql://localhost/shop?user=shop or jdbc:sqlite:shop.db."
      })
  private @Nullable String target;

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
      defaultValue = SaleOverrides.SOLD,
      description =
          "Which replies say sold: a status such as status=201, or a JSON pointer and a value, or"
              + " several joined by &&. May be repeated, as the next two: one must hold. Default:"
              + " ${DEFAULT-VALUE}")
  private List<ReplyRule> soldIf;

  @Option(
      names = "--sold-out-if",
      paramLabel = "RULE",
      defaultValue = SaleOverrides.SOLD_OUT,
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
      defaultValue = SaleOverrides.LEFT,
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
      List.of(TARGET, "--method", "--header", "--body", STOCK_URL, "--stock-at", STRATEGY);

  /** What a database has no use for. */
  private static final List<String> NOT_FOR_SQL =
      List.of(
          "--script",
          "--keys",
          "--args",
          "--method",
          "--header",
          "--body",
          "--sold-if",
          "--sold-out-if",
          "--limited-if",
          "--failed-if",
          "--value-at",
          "--order-at",
          STOCK_URL,
          "--stock-at");

  /** The database that options and file name, or a usage error if others do not fit to that. */
  Optional<SqlAddress> database(Sale file) {
    var url = Optional.ofNullable(target).or(file::target).filter(SqlAddress::isMeant);
    if (url.isEmpty()) {
      if (file.sql().isPresent()) {
        throw new UsageException(
            "the sale file is about a database; pass " + TARGET + " jdbc:..., or say so in target");
      }
      return Optional.empty();
    }
    var own = file.equals(Sale.NONE);
    if (!own) {
      refuse(
          Stream.of(STRATEGY),
          "%s sells in a way of its own, and so does the sale file; leave one out");
    }
    refuse(
        Stream.concat(OTHERS.stream(), NOT_FOR_SQL.stream())
            .filter(option -> !option.equals(STRATEGY)),
        "%s is not for a database; leave it out");
    if (own ? !given(STRATEGY) : file.sql().isEmpty()) {
      throw new UsageException(
          TARGET
              + " is a database, and how it sells is not known; pass --sale FILE with sql, or "
              + STRATEGY
              + " "
              + SqlStrategy.CONDITIONAL);
    }
    return Optional.of(
        UsageException.named(TARGET, () -> SqlAddress.parse(url.get(), System.getenv())));
  }

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
        Stream.concat(OTHERS.stream(), LoginOptions.NAMES.stream()),
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

  /** What these say of a sale, or a usage error if it is sold over Redis and they do not fit. */
  SaleOverrides overrides(boolean redis) {
    if (redis) {
      refuse(
          NOT_FOR_REDIS.stream(),
          "%s is not for a Redis that sells by a script or command of yours; leave it out");
    }
    var replies = new EnumMap<Meaning, List<ReplyRule>>(Meaning.class);
    put(replies, Meaning.SOLD, soldIf);
    put(replies, Meaning.SOLD_OUT, soldOutIf);
    put(replies, Meaning.LIMITED, limitedIf);
    put(replies, Meaning.FAILED, failedIf);
    return new SaleOverrides(
        redis
            ? Optional.empty()
            : Optional.ofNullable(target)
                .map(url -> UsageException.named(TARGET, () -> HttpAddress.parse(url))),
        given("--method") ? Optional.of(method) : Optional.empty(),
        headers,
        given("--body") ? Optional.of(body) : Optional.empty(),
        replies,
        Optional.ofNullable(valueAt),
        Optional.ofNullable(orderAt),
        Optional.ofNullable(stockUrl),
        stockAt);
  }

  private void put(Map<Meaning, List<ReplyRule>> replies, Meaning meaning, List<ReplyRule> rules) {
    if (given(meaning.option())) {
      replies.put(meaning, rules);
    }
  }

  private boolean given(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
