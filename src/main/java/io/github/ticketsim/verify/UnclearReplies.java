package io.github.ticketsim.verify;

import static io.github.ticketsim.verify.Sentence.words;

import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.stock.UnclearReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The replies of an HTTP endpoint that say nothing to the rules of the storm, or too much.
 *
 * @param replies how many attempts have a whole reply, whatever it says
 * @param unmatched those that no rule speaks of, the commonest first
 * @param conflicting those that rules of two options speak of, the commonest first
 */
public record UnclearReplies(int replies, List<Group> unmatched, List<Group> conflicting) {
  private static final int MOST_SHOWN = 3;
  private static final String REFUSED = "refused with ";

  /** A text or truth value of an object, with nothing but simple values before it. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "\\G[{,]\\s*+\"([A-Za-z0-9_.-]+)\"\\s*+:\\s*+(\"([^\"\\\\]*)\"|true|false|null|-?[0-9][0-9.eE+-]*)"
              + "\\s*+(?=[,}])");

  private static final Pattern TELLING = Pattern.compile("[A-Za-z][A-Za-z _-]{0,39}");

  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /**
   * Replies that differ in numbers alone.
   *
   * @param example the commonest of them
   */
  public record Group(UnclearReply example, int count) {}

  /** How a rule reads that the user may add. */
  public enum Notation {
    /** An option, such as {@code --sold-if status=202}. */
    OPTIONS,
    /** A key of a sale file, such as <code>sold: { status: 202 }</code>. */
    FILE;

    private String rule(String outcome, String... conditions) {
      var all = String.join(this == OPTIONS ? " && " : ", ", conditions);
      var quote = all.matches("(status|/)[^ ]*") ? "" : "'";
      return this == OPTIONS
          ? words("--%s-if %s%s%s", outcome, quote, all, quote)
          : words("%s: { %s }", outcome.replace('-', '_'), all.replace("=", ": "));
    }
  }

  /** Those of {@code attempts}. */
  public static UnclearReplies of(Attempts attempts) {
    var replies = 0;
    var texts = new HashMap<String, Integer>();
    for (var i = 0; i < attempts.size(); i++) {
      switch (attempts.kind(i)) {
        case SOLD, SOLD_OUT, LIMITED -> replies++;
        case FAILED -> replies += attempts.get(i).outcome().error().startsWith(REFUSED) ? 1 : 0;
        case INDETERMINATE -> texts.merge(attempts.get(i).outcome().error(), 1, Integer::sum);
      }
    }
    var groups = groups(texts);
    return new UnclearReplies(
        replies + groups.stream().mapToInt(Group::count).sum(),
        groups.stream().filter(group -> group.example().options().isEmpty()).toList(),
        groups.stream().filter(group -> !group.example().options().isEmpty()).toList());
  }

  private static List<Group> groups(Map<String, Integer> texts) {
    if (texts.isEmpty()) {
      // Most storms have none, and need not load what sorts them.
      return List.of();
    }
    var groups = new LinkedHashMap<UnclearReply, List<Group>>();
    texts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            text ->
                UnclearReply.parse(text.getKey())
                    .ifPresent(
                        reply ->
                            groups
                                .computeIfAbsent(reply.alike(), _ -> new ArrayList<>())
                                .add(new Group(reply, text.getValue()))));
    return groups.values().stream()
        .map(
            group ->
                new Group(group.getFirst().example(), group.stream().mapToInt(Group::count).sum()))
        .sorted(Comparator.comparingInt(Group::count).reversed())
        .toList();
  }

  private int unmatchedCount() {
    return unmatched.stream().mapToInt(Group::count).sum();
  }

  /** Whether more than half of the replies match no rule. */
  public boolean mostlyUnmatched() {
    return unmatchedCount() > replies - unmatchedCount();
  }

  /** The commonest replies that match no rule, and the rules that would match them, if any. */
  public Optional<String> advice(Notation notation) {
    return unmatched.isEmpty()
        ? Optional.empty()
        : Optional.of(
            words(
                "%s of the replies (%,d of %,d) match no rule: %s; say with rules what they mean",
                mostlyUnmatched() ? "more than half" : "some",
                unmatchedCount(),
                replies,
                unmatched.stream()
                    .limit(mostlyUnmatched() ? MOST_SHOWN : 1)
                    .map(group -> line(group, notation))
                    .collect(Collectors.joining(", "))));
  }

  private String line(Group group, Notation notation) {
    var reply = group.example();
    var count = group.count() == 1 ? "once " : words("%,d times ", group.count());
    if (reply.status() == 0) {
      return words("%s%s (%s)", count, reply.start(), redisCure(reply.start(), notation));
    }
    return words(
        "%s%d%s%s (%s)",
        count,
        reply.status(),
        reply.start().isEmpty() ? " without a body" : " " + reply.start(),
        reply.problem().map(problem -> ", " + problem).orElse(""),
        cure(reply, notation));
  }

  private static String redisCure(String start, Notation notation) {
    if (start.startsWith(UnclearReply.ERROR)) {
      var code = start.substring(UnclearReply.ERROR.length()).split(" ", 2)[0];
      return notation.rule("failed", "error=" + code)
          + " would match, if nothing was executed then";
    }
    return notation.rule("sold", start.startsWith("[") ? "/0=..." : "reply=" + start)
        + " would match";
  }

  private String cure(UnclearReply reply, Notation notation) {
    var status = reply.status();
    if (status >= REDIRECTION && status < CLIENT_ERROR) {
      return "a redirect, aim the target at where it leads";
    }
    var member = telling(reply);
    var outcome =
        status >= SERVER_ERROR
            ? "failed"
            : status >= CLIENT_ERROR || member.orElse("").endsWith("=false") ? "sold-out" : "sold";
    var code = words("status=%d", status);
    return words(
        "%s would match%s",
        member
            .map(value -> notation.rule(outcome, code, value))
            .orElseGet(() -> notation.rule(outcome, code)),
        status >= SERVER_ERROR
            ? ", if nothing was executed then"
            : status >= CLIENT_ERROR ? ", or one for limited if it is about the customer" : "");
  }

  /** What beside the status tells such a reply from others, where the status may not be enough. */
  private Optional<String> telling(UnclearReply reply) {
    var alone =
        unmatched.stream().filter(group -> group.example().status() == reply.status()).count() == 1;
    var refusal = reply.status() >= CLIENT_ERROR && reply.status() < SERVER_ERROR;
    if (alone && reply.status() != OK && !refusal) {
      return Optional.empty();
    }
    return MEMBER
        .matcher(reply.start())
        .results()
        .filter(
            member ->
                member.group(3) == null
                    ? member.group(2).equals("true") || member.group(2).equals("false")
                    : TELLING.matcher(member.group(3)).matches())
        .map(
            member ->
                words(
                    "/%s=%s",
                    member.group(1), member.group(3) == null ? member.group(2) : member.group(3)))
        .findFirst();
  }

  /** What to do about replies that rules of two options match, if there are any. */
  public Optional<String> conflict() {
    return conflicting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            words(
                "%,d of %,d replies match two outcomes and are indeterminate, most often: %s; make"
                    + " the rules exclude each other, such as status=409 && /error=sold-out for"
                    + " sold out",
                conflicting.stream().mapToInt(Group::count).sum(),
                replies,
                conflicting.getFirst().example().words()));
  }
}
