package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Gated;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Items whose keys lie on several primaries of a cluster. Each primary has a stock with connections
 * of its own, and each purchase goes to that which leads to its key.
 */
public sealed class ShardedSaleStock implements PerPurchase {
  private final RedisSale sale;
  private final Shards shards;
  private final List<PerPurchase> parts;

  private ShardedSaleStock(RedisSale sale, Shards shards, List<PerPurchase> parts) {
    this.sale = sale;
    this.shards = shards;
    this.parts = List.copyOf(parts);
  }

  /**
   * Opens all of them.
   *
   * @param shards over which to buy
   * @param control over which to settle: the same, without injected faults
   * @param connections of all together, shared out by the number of items, and at least one each
   * @param pipeline whether buyers share them
   * @param retried whether purchases are sent again
   * @param clientName marks the connections at the servers; without spaces, unique to the run
   * @param nanoClock monotonic
   * @throws io.github.ticketsim.stock.StockUnavailableException when a connection cannot be opened
   */
  public static PerPurchase open(
      Shards shards,
      Shards control,
      RedisSale sale,
      int connections,
      boolean pipeline,
      boolean retried,
      String clientName,
      LongSupplier nanoClock) {
    var keys = sale.sellingKeys();
    // One for all: a part whose readers are all blocked is woken by those of the others.
    var readers = new ParkedReaders(nanoClock);
    var parts = new ArrayList<PerPurchase>();
    try {
      var before = 0;
      for (var i = 0; i < shards.routes().size(); i++) {
        var number = i;
        var items =
            IntStream.range(0, keys.size())
                .filter(item -> shards.home(keys.get(item)) == number)
                .boxed()
                .toList();
        var share = share(connections, before, before + items.size(), keys.size());
        before += items.size();
        var way = shards.routes().get(i);
        var plain = control.routes().get(i);
        var part = sale.counting(items);
        parts.add(
            pipeline
                ? PipelinedSaleStock.open(way, plain, part, share, clientName, readers, nanoClock)
                : SaleStock.open(way, plain, part, share, retried, clientName, readers, nanoClock));
      }
    } catch (RuntimeException e) {
      parts.forEach(PerPurchase::close);
      throw e;
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return parts.stream().allMatch(Gated.class::isInstance)
        ? new GatedParts(sale, shards, parts)
        : new ShardedSaleStock(sale, shards, parts);
  }

  /** How many of {@code all} belong to those from {@code from} to {@code until} of {@code of}. */
  static int share(int all, int from, int until, int of) {
    return Math.max(1, (int) ((long) all * until / of - (long) all * from / of));
  }

  @Override
  public String strategy() {
    return sale.wireName();
  }

  @Override
  public Model model() {
    return sale.model();
  }

  private PerPurchase part(PurchaseRequest purchase) {
    return parts.get(shards.leadingTo(sale.sellingKey(purchase)));
  }

  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return part(purchase).acquire(purchase, open);
  }

  @Override
  public Optional<Lease> acquireBeside(PurchaseRequest purchase, BooleanSupplier open) {
    return part(purchase).acquireBeside(purchase, open);
  }

  /**
   * All must be closed before any is read: an item that was moved is counted by the part that had
   * it first, and sold by another one.
   */
  @Override
  public Settlement settle() {
    close();
    var closed = parts.stream().map(PerPurchase::settle).toList();
    var read =
        closed.stream().allMatch(Settlement::settled)
            ? parts.stream().map(PerPurchase::settle).toList()
            : closed;
    var left =
        read.stream().allMatch(part -> part.left().isPresent())
            ? OptionalLong.of(read.stream().mapToLong(part -> part.left().getAsLong()).sum())
            : OptionalLong.empty();
    return read.stream()
        .filter(part -> part.problem().isPresent())
        .min(Comparator.comparing(Settlement::settled))
        .map(part -> new Settlement(left, part.settled(), part.problem()))
        .orElseGet(() -> new Settlement(left, true, Optional.empty()));
  }

  @Override
  public void close() {
    parts.forEach(PerPurchase::close);
  }

  /** One whose parts all hold back their leases until the sale begins. */
  private static final class GatedParts extends ShardedSaleStock implements Gated {
    private final List<PerPurchase> gated;

    GatedParts(RedisSale sale, Shards shards, List<PerPurchase> parts) {
      super(sale, shards, parts);
      this.gated = parts;
    }

    @Override
    public Runnable startGate() {
      var gates = gated.stream().map(part -> ((Gated) part).startGate()).toList();
      return () -> gates.forEach(Runnable::run);
    }
  }
}
