package io.github.ticketsim.selftest;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Judgement.Result;
import io.github.ticketsim.verify.Witness;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a judge must say of a history, each claim in words for when it does not. */
public final class Claims {

  private record Claim(String words, Predicate<Ruling> holds) {}

  private final List<Claim> claims;

  private Claims(List<Claim> claims) {
    this.claims = claims;
  }

  /** The first claim that {@code ruling} does not fulfil, and what it is instead. */
  Optional<String> fault(Ruling ruling) {
    return claims.stream()
        .filter(claim -> !claim.holds().test(ruling))
        .findFirst()
        .map(claim -> "expected " + claim.words() + ", got " + ruling);
  }

  static Claims valid() {
    return result(Result.VALID).failsOnly();
  }

  static Claims unknown() {
    return result(Result.UNKNOWN).failsOnly();
  }

  static Claims invalid() {
    return result(Result.INVALID);
  }

  /** That a verdict is given, with all its checks, and with {@code result}. */
  static Claims result(Result result) {
    return anyResultOf(EnumSet.of(result));
  }

  /** That a verdict is given, with all its checks, and with one of {@code results}. */
  static Claims anyResultOf(Set<Result> results) {
    return new Claims(List.of())
        .and(
            results.stream().map(Result::name).collect(joining(" or ")),
            verdict -> results.contains(verdict.result()))
        .and(
            "every check in its place",
            verdict -> inOrder(verdict.checks().stream().map(Check::name).toList()))
        .and(
            "reasons where it is unknown, causes where it is invalid",
            verdict ->
                verdict.advice().isEmpty() == (verdict.result() != Result.UNKNOWN)
                    && (verdict.causes().isEmpty() || verdict.result() == Result.INVALID));
  }

  Claims sold(long exactly) {
    return sold(new Judgement.SoldBounds(exactly, exactly));
  }

  Claims sold(Judgement.SoldBounds bounds) {
    return and(
        "%d to %d sold".formatted(bounds.atLeast(), bounds.atMost()),
        verdict -> verdict.sold().equals(bounds));
  }

  /** That these checks fail, whatever else does. */
  Claims fails(Name... names) {
    return and(
        "to fail " + words(setOf(names)),
        verdict -> names(verdict, Status.FAIL).containsAll(setOf(names)));
  }

  /** That these checks fail, and no other. */
  Claims failsOnly(Name... names) {
    return and(
        "to fail " + words(setOf(names)) + " only",
        verdict -> names(verdict, Status.FAIL).equals(setOf(names)));
  }

  /** That {@code name} does not fail. */
  Claims spares(Name name) {
    return and(
        "not to fail " + name.words(), verdict -> !names(verdict, Status.FAIL).contains(name));
  }

  /** That these checks are not exercised, and all others are. */
  Claims leavesOpen(Set<Name> names) {
    return and(
        "not to exercise " + words(names) + " only",
        verdict -> names(verdict, Status.NOT_EXERCISED).equals(names));
  }

  Claims exercises(Name name) {
    return and(
        "to exercise " + name.words(),
        verdict -> !names(verdict, Status.NOT_EXERCISED).contains(name));
  }

  Claims advises(String words) {
    return and(
        "the advice '" + words + "'",
        verdict -> verdict.advice().stream().anyMatch(advice -> advice.text().contains(words)));
  }

  /** That nothing but this is advised. */
  Claims advisesOnly(String words) {
    return advises(words).and("one advice", verdict -> verdict.advice().size() == 1);
  }

  Claims suspects(Class<?>... causes) {
    return and(
        "one of the likely causes " + Arrays.toString(causes),
        verdict ->
            verdict.causes().stream()
                .anyMatch(cause -> Arrays.stream(causes).anyMatch(type -> type.isInstance(cause))));
  }

  /** That the check has these words in its detail. */
  Claims says(Name name, String words) {
    return and(
        name.words() + " to say '" + words + "'",
        verdict ->
            verdict.checks().stream()
                .filter(check -> check.name() == name)
                .anyMatch(check -> check.detail().contains(words)));
  }

  /** That figures alone prove {@code name} broken. */
  Claims withoutReceipts(Name name) {
    return and("no receipts of " + name.words(), verdict -> witness(verdict, name).isEmpty());
  }

  /** That the receipts of these buyers, in this order, prove {@code name} broken. */
  Claims receiptsOf(Name name, Integer... buyers) {
    return receipts(
        name,
        "of buyers " + Arrays.toString(buyers),
        receipts -> buyersOf(receipts).equals(List.of(buyers)));
  }

  /** The same in either order. */
  Claims receiptsOfBoth(Name name, int buyer, int other) {
    return receipts(
        name,
        "of buyers %d and %d".formatted(buyer, other),
        receipts ->
            receipts.size() == 2 && Set.copyOf(buyersOf(receipts)).equals(Set.of(buyer, other)));
  }

  /** That the first receipt is a reply that came back before the last was called. */
  Claims receiptsApart(Name name) {
    return receipts(
        name,
        "of which the first returned before the last was called",
        receipts ->
            receipts.size() == 2
                && receipts.getFirst().returnNanos().orElse(Long.MAX_VALUE)
                    < receipts.getLast().callNanos());
  }

  /** That the first receipt carries a lower value than the last. */
  Claims receiptsFalling(Name name) {
    return receipts(
        name,
        "with rising values",
        receipts -> value(receipts.getFirst()) < value(receipts.getLast()));
  }

  /** That one of these buyers' receipts is among those that prove {@code name} broken. */
  Claims anyReceiptOf(Name name, int buyer, int other) {
    return receipts(
        name,
        "of buyer %d or %d".formatted(buyer, other),
        receipts -> buyersOf(receipts).stream().anyMatch(each -> each == buyer || each == other));
  }

  Claims receiptsAlike(Name name) {
    return receipts(
        name,
        "with one value",
        receipts ->
            receipts.size() == 2 && value(receipts.getFirst()) == value(receipts.getLast()));
  }

  Claims firstReceipt(Name name, String words, Predicate<Attempt> holds) {
    return receipts(name, "beginning with " + words, receipts -> holds.test(receipts.getFirst()));
  }

  Claims lastReceipt(Name name, String words, Predicate<Attempt> holds) {
    return receipts(name, "ending with " + words, receipts -> holds.test(receipts.getLast()));
  }

  private Claims receipts(Name name, String words, Predicate<List<Attempt>> hold) {
    return and(
        "receipts of " + name.words() + " " + words,
        verdict -> witness(verdict, name).map(Witness::attempts).filter(hold).isPresent());
  }

  Claims and(String words, Predicate<Judgement> holds) {
    var claim =
        new Claim(
            words, ruling -> ruling instanceof Ruling.Judged(var verdict) && holds.test(verdict));
    return new Claims(Stream.concat(claims.stream(), Stream.of(claim)).toList());
  }

  private static Optional<Witness> witness(Judgement verdict, Name name) {
    return verdict.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .flatMap(Check::witness);
  }

  private static Set<Name> names(Judgement verdict, Status status) {
    return verdict.checks().stream()
        .filter(check -> check.status() == status)
        .map(Check::name)
        .collect(toCollection(() -> EnumSet.noneOf(Name.class)));
  }

  /** The checks of every sale, and behind them those that only some have. */
  private static boolean inOrder(List<Name> names) {
    return names.containsAll(EnumSet.range(Name.OVERSELL, Name.UNIQUE_ID))
        && names.equals(names.stream().distinct().sorted().toList());
  }

  static Set<Name> setOf(Name... names) {
    return Stream.of(names).collect(toCollection(() -> EnumSet.noneOf(Name.class)));
  }

  private static String words(Set<Name> names) {
    return names.isEmpty() ? "nothing" : names.stream().map(Name::words).collect(joining(", "));
  }

  private static List<Integer> buyersOf(List<Attempt> receipts) {
    return receipts.stream().map(Attempt::buyer).toList();
  }

  private static long value(Attempt attempt) {
    return attempt.outcome().value().orElse(Long.MIN_VALUE);
  }
}
