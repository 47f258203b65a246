package io.github.ticketsim.cli;

import io.github.ticketsim.run.HttpEndpoint;
import io.github.ticketsim.stock.http.HttpAddress;
import io.github.ticketsim.stock.http.HttpHeader;
import io.github.ticketsim.stock.http.HttpTarget;
import io.github.ticketsim.stock.http.ReplyRule;
import io.github.ticketsim.stock.http.ReplyRules;
import io.github.ticketsim.stock.http.ReplyRules.Meaning;
import io.github.ticketsim.stock.http.StockPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that aim a storm at an HTTP endpoint. */
final class TargetOptions {
  private static final String TARGET = "--target";
  private static final String STOCK_URL = "--stock-url";

  /** What makes no sense without a target. */
  private static final List<String> OURS =
      List.of(
          "--method",
          "--header",
          "--body",
          "--sold-if",
          "--sold-out-if",
          "--failed-if",
          "--value-at",
          STOCK_URL,
          "--stock-at");

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
  private List<String> headers = List.of();

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
  private List<String> soldIf;

  @Option(
      names = "--sold-out-if",
      paramLabel = "RULE",
      defaultValue = "/result=false",
      description =
          "Which replies say sold out, such as 'status=409 && /error=sold-out'. Default:"
              + " ${DEFAULT-VALUE}")
  private List<String> soldOutIf;

  @Option(
      names = "--failed-if",
      paramLabel = "RULE",
      description = {
        "Which replies prove that the purchase was not executed, beside a 429 that no rule speaks"
            + " of. A reply that no rule speaks of is indeterminate, and so is one that rules of"
            + " two options speak of.",
        "Default: as `ticket-sim serve` says it, a 503 in application/problem+json with a reason"
      })
  private List<String> failedIf = List.of();

  @Option(
      names = "--value-at",
      paramLabel = "POINTER",
      description =
          "Where each reply, a refusal too, carries the counter, which every purchase takes one"
              + " from, below zero too. The model is then counter. Default: replies carry none, the"
              + " model is tally")
  private @Nullable String valueAt;

  @Option(
      names = STOCK_URL,
      paramLabel = "URL",
      description =
          "Where GET tells what is left, before and after the storm. Without it the verdict is"
              + " UNKNOWN at best")
  private @Nullable String stockUrl;

  @Option(
      names = "--stock-at",
      paramLabel = "POINTER",
      defaultValue = "/left",
      description = "Where in that answer. Default: ${DEFAULT-VALUE}")
  private String stockAt;

  /**
   * The endpoint that the options name, if they do, or a usage error.
   *
   * @param stock how many tickets there are, if that is given
   */
  Optional<HttpEndpoint> endpoint(OptionalLong stock, int connections, Duration timeout) {
    if (target == null) {
      given(OURS.stream())
          .ifPresent(
              option -> {
                throw usage(option + ": only with " + TARGET + "; pass " + TARGET + " URL");
              });
      return Optional.empty();
    }
    given(OTHERS.stream())
        .ifPresent(
            option -> {
              throw usage(
                  "%s and %s exclude each other, the first is for a Redis; give one of them"
                      .formatted(option, TARGET));
            });
    var address = address(TARGET, target);
    if (stockUrl == null && stock.isEmpty()) {
      throw usage(
          TARGET
              + " needs to know how many tickets there are; pass --stock N, or "
              + STOCK_URL
              + " URL");
    }
    var request =
        new HttpTarget(
            address,
            method,
            headers.stream().map(text -> read("--header", () -> HttpHeader.parse(text))).toList(),
            body);
    var rules =
        Map.of(
            Meaning.SOLD, rules(Meaning.SOLD, soldIf),
            Meaning.SOLD_OUT, rules(Meaning.SOLD_OUT, soldOutIf),
            Meaning.FAILED, rules(Meaning.FAILED, failedIf));
    var replies = read("--value-at", () -> new ReplyRules(rules, Optional.ofNullable(valueAt)));
    var page = Optional.ofNullable(stockUrl).map(url -> address(STOCK_URL, url));
    return Optional.of(
        new HttpEndpoint(
            request,
            replies,
            page,
            read("--stock-at", () -> StockPage.pointer(stockAt)),
            stock,
            connections,
            timeout));
  }

  private HttpAddress address(String option, String text) {
    return read(option, () -> HttpAddress.parse(text));
  }

  private List<ReplyRule> rules(Meaning meaning, List<String> texts) {
    return texts.stream().map(text -> read(meaning.option(), () -> ReplyRule.parse(text))).toList();
  }

  private <T> T read(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw usage(option + ": " + e.getMessage());
    }
  }

  private Optional<String> given(Stream<String> options) {
    var parsed = command.commandLine().getParseResult();
    return options.filter(parsed::hasMatchedOption).findFirst();
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
