package io.github.ticketsim.stock.sql;

import io.github.ticketsim.sale.Place;
import io.github.ticketsim.sale.Template;
import io.github.ticketsim.sale.Text;
import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is bound to a question mark, compiled so that a purchase only has to fill it in. */
final class SqlParameter {
  private final List<Bound> parts;

  /** A part of what is bound. */
  private sealed interface Bound {}

  /** What differs from purchase to purchase at most by what the purchase says. */
  private record Known(Text text, boolean number) implements Bound {
    Object of(PurchaseRequest purchase) {
      var bytes = new byte[text.length(purchase, "")];
      var _ = text.write(purchase, "", bytes, 0);
      var written = new String(bytes, StandardCharsets.UTF_8);
      return number ? (Object) Long.valueOf(written) : written;
    }
  }

  /** What an earlier step kept. */
  private record KeptValue(String name) implements Bound {}

  private SqlParameter(List<Bound> parts) {
    this.parts = parts;
  }

  /**
   * @param known names of values that it may have beside those that are kept
   * @param kept names that earlier steps keep
   * @throws IllegalArgumentException if it has others
   */
  static SqlParameter of(
      Template template, Values values, Collection<String> known, Collection<String> kept) {
    var all = new ArrayList<>(known);
    all.addAll(kept);
    template.requireKnown(all);
    var parts = new ArrayList<Bound>();
    for (var part : template.parts()) {
      parts.add(
          part instanceof Template.Value(var name) && kept.contains(name)
              ? new KeptValue(name)
              : new Known(
                  new Text.Builder(values)
                      .template(new Template(List.of(part)), Place.TEXT)
                      .build(),
                  part instanceof Template.Value(var name) && Values.isNumber(name)));
    }
    return new SqlParameter(List.copyOf(parts));
  }

  boolean sameForAllBuyers() {
    return parts.stream()
        .allMatch(part -> part instanceof Known(var text, _) && text.sameForAllBuyers());
  }

  /** A number, a text, or what was kept. */
  @Nullable Object of(PurchaseRequest purchase, Map<String, @Nullable Object> kept) {
    if (parts.size() == 1) {
      return of(parts.getFirst(), purchase, kept);
    }
    var text = new StringBuilder();
    for (var part : parts) {
      text.append(of(part, purchase, kept));
    }
    return text.toString();
  }

  private static @Nullable Object of(
      Bound part, PurchaseRequest purchase, Map<String, @Nullable Object> kept) {
    return switch (part) {
      case Known value -> value.of(purchase);
      case KeptValue(var name) -> kept.get(name);
    };
  }
}
