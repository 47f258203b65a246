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
final class PipelinedSaleStock implements PerPurchase {
  private final RedisSale sale;
  private final Redirections redirections;
  private final Quiesce quiesce;
  private final List<Pipeline> pipelines;

  private PipelinedSaleStock(
      RedisSale sale, Redirections redirections, Quiesce quiesce, List<Pipeline> pipelines) {
    this.sale = sale;
    this.redirections = redirections;
    this.quiesce = quiesce;
    this.pipelines = pipelines;
  }

  /**
   * Opens all connections, so that the storm does not measure connecting.
   *
   * @param route over which to buy
   * @param control over which to settle: the same, without injected faults
   * @param connections to share
   * @param clientName marks the connections at the server; without spaces, unique to the run
   * @param readers of all connections that buyers use by turns
   * @param nanoClock monotonic, to stamp calls and bound waits
   * @throws StockUnavailableException when a connection cannot be opened
   */
  static PipelinedSaleStock open(
      Route route,
      Route control,
      RedisSale sale,
      int connections,
      String clientName,
      ParkedReaders readers,
      LongSupplier nanoClock) {
    var names = new NamedConnections(route.server(), sale.timeout(), clientName);
    // The same for all, and sent by nobody.
    var none = EncodedCommand.of(sale.purchase().command(PurchaseRequest.FIRST));
    var pipelines =
        IntStream.range(0, connections)
            .mapToObj(
                number ->
                    new Pipeline(
                        number,
                        route,
                        sale,
                        names,
                        new SharedReplies(sale),
                        none,
                        readers,
                        nanoClock))
            .toList();
    try {
      pipelines.forEach(Pipeline::open);
      var quiesce = Quiesce.prepare(control, sale, names, connections, nanoClock);
      return new PipelinedSaleStock(
          sale, Redirections.of(route, sale.timeout(), names, nanoClock), quiesce, pipelines);
    } catch (JedisException e) {
      pipelines.forEach(Pipeline::close);
      throw new SecondLook(route.server(), sale.timeout()).at(e);
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
    redirections.close();
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
      var usual = EncodedCommand.of(call.command(purchase));
      var request = new PipelinedRequest(usual);
      var timed = pipeline.carryOut(request);
      var sending = new Sending(sale, purchase);
      if (request.redirection() != null) {
        var resent = redirections.resend(pipeline, usual, timed, request, sending);
        timed = resent.timed();
        request = resent.request();
      }
      if (request.scriptUnknown() && call.source().isPresent()) {
        // Proven not executed, so the fallback is the first execution and no retry.
        request = new PipelinedRequest(EncodedCommand.of(call.evalFallback(purchase)));
        timed = pipeline.carryOut(request);
      }
      return withOrder(timed, request, sending);
    }

    private Timed withOrder(Timed timed, PipelinedRequest request, Sending elsewhere) {
      return sale.rules().orderAt().isEmpty() || !timed.outcome().kind().replied()
          ? timed
          : new Timed(
              timed.callNanos(),
              timed.returnNanos(),
              timed.outcome(),
              request.redirection() == null
                  ? sale.rules().order(RedisReply.of(request.reply()))
                  : elsewhere.order());
    }

    @Override
    public void close() {
      // There is no slot to release.
    }
  }
}
