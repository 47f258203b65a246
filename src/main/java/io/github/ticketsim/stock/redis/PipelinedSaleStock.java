package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.PerPurchase;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.StockUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A stock that commands, scripts or functions of the shop's own sell, over a few connections that
 * all buyers share. What is sent differs from buyer to buyer.
 */
public final class PipelinedSaleStock implements PerPurchase {
  private final RedisSale sale;
  private final Quiesce quiesce;
  private final List<Pipeline> pipelines;

  private PipelinedSaleStock(RedisSale sale, Quiesce quiesce, List<Pipeline> pipelines) {
    this.sale = sale;
    this.quiesce = quiesce;
    this.pipelines = pipelines;
  }

  /**
   * Opens all connections, so that the storm does not measure connecting.
   *
   * @param endpoint through which to buy
   * @param control through which to settle: the same server, without injected faults
   * @param connections to share
   * @param clientName marks the connections at the server; without spaces, unique to the run
   * @param nanoClock monotonic, to stamp calls and bound waits
   * @throws StockUnavailableException when a connection cannot be opened
   */
  public static PipelinedSaleStock open(
      RedisEndpoint endpoint,
      RedisEndpoint control,
      RedisSale sale,
      int connections,
      String clientName,
      LongSupplier nanoClock) {
    var names = new NamedConnections(endpoint, sale.timeout(), clientName);
    var readers = new ParkedReaders(nanoClock);
    // The same for all, and sent by nobody.
    var none = EncodedCommand.of(sale.purchase().command(PurchaseRequest.FIRST));
    var pipelines =
        IntStream.range(0, connections)
            .mapToObj(
                number ->
                    new Pipeline(
                        number,
                        endpoint,
                        sale,
                        names,
                        new SharedReplies(sale),
                        none,
                        readers,
                        nanoClock))
            .toList();
    try {
      pipelines.forEach(Pipeline::open);
      return new PipelinedSaleStock(
          sale, Quiesce.prepare(control, sale, names, connections, nanoClock), pipelines);
    } catch (JedisException e) {
      pipelines.forEach(Pipeline::close);
      throw RedisProblem.of(e, endpoint).at(endpoint);
    } catch (StockUnavailableException e) {
      pipelines.forEach(Pipeline::close);
      throw e;
    }
  }

  @Override
  public String strategy() {
    return sale.wireName();
  }

  @Override
  public Model model() {
    return sale.model();
  }

  /** Does not wait: buyers wait where their commands are queued. */
  @Override
  public Optional<Lease> acquire(PurchaseRequest purchase, BooleanSupplier open) {
    return open.getAsBoolean() ? Optional.of(new PurchaseLease(purchase)) : Optional.empty();
  }

  @Override
  public Settlement settle() {
    return quiesce.settle(this::close);
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
  }

  /** A lease for one purchase. */
  private final class PurchaseLease implements Lease {
    private final PurchaseRequest purchase;

    PurchaseLease(PurchaseRequest purchase) {
      this.purchase = purchase;
    }

    @Override
    public Outcome buy() {
      return carriedOut().outcome();
    }

    @Override
    public Timed buy(LongSupplier nanoClock) {
      return carriedOut();
    }

    private Timed carriedOut() {
      var pipeline = pipelines.get(purchase.buyer() % pipelines.size());
      var call = sale.purchase();
      var usual = new PipelinedRequest(EncodedCommand.of(call.command(purchase)));
      var timed = pipeline.carryOut(usual);
      if (!usual.scriptUnknown() || call.source().isEmpty()) {
        return withOrder(timed, usual);
      }
      // Proven not executed, so the fallback is the first execution and no retry.
      var whole = new PipelinedRequest(EncodedCommand.of(call.evalFallback(purchase)));
      return withOrder(pipeline.carryOut(whole), whole);
    }

    private Timed withOrder(Timed timed, PipelinedRequest request) {
      return sale.rules().orderAt().isEmpty() || !timed.outcome().kind().replied()
          ? timed
          : new Timed(
              timed.callNanos(),
              timed.returnNanos(),
              timed.outcome(),
              sale.rules().order(RedisReply.of(request.reply())));
    }

    @Override
    public void close() {
      // There is no slot to release.
    }
  }
}
