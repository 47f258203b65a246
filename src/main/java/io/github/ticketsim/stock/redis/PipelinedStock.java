package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.ObservableStock;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.StockUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A stock in a Redis key, sold over a few connections that all buyers share. Each buyer still sends
 * a command of its own and gets its own reply.
 */
public final class PipelinedStock implements ObservableStock, JitWarmable {

  /** So that one can be replaced while the other serves; more of them gain nothing. */
  public static final int USUAL_CONNECTIONS = 2;

  /** How many commands of one connection can be sent and without a reply. */
  public static final int MOST_IN_FLIGHT_EACH = Pipeline.MOST_UNANSWERED;

  private static final int MOST_IN_FULL = 16;

  /**
   * Few, so that a JIT warm-up writes often enough for the JIT to compile what one write does for
   * many buyers.
   */
  private static final int MOST_WARM_UP = 32;

  private final RedisStrategy sold;
  private final Settling settling;
  private final List<Pipeline> pipelines;
  private final Repeated inFull;
  private final boolean jitWarmUp;

  /** Stateless, so that all buyers share it. */
  private final Optional<Lease> lease;

  private PipelinedStock(
      RedisStrategy sold,
      Settling settling,
      List<Pipeline> pipelines,
      Repeated command,
      Repeated inFull,
      boolean jitWarmUp) {
    this.sold = sold;
    this.settling = settling;
    this.pipelines = pipelines;
    this.inFull = inFull;
    this.jitWarmUp = jitWarmUp;
    this.lease = Optional.of(new SharedLease(command));
  }

  /**
   * Opens all connections, so that the storm does not measure their making.
   *
   * @param endpoint through which to buy
   * @param control through which to see what became of it, the same server by another way
   * @param connections to share
   * @param clientName marks the connections at the server; without spaces, unique to the run
   * @param nanoClock monotonic, to stamp calls and bound waits
   * @throws StockUnavailableException when a connection cannot be opened
   * @throws IllegalArgumentException when the strategy is none that {@link
   *     RedisStrategy#pipelines}, or replicas have a say
   */
  public static PipelinedStock open(
      RedisEndpoint endpoint,
      RedisEndpoint control,
      Terms terms,
      int connections,
      String clientName,
      LongSupplier nanoClock) {
    if (terms.replicas() > 0) {
      throw new IllegalArgumentException("WAIT would hold up all who share the connection");
    }
    var strategy = terms.strategy().pipelined(terms.key());
    var command = new Repeated(strategy.command(), Pipeline.MOST_UNANSWERED);
    var names = new NamedConnections(endpoint, terms.timeout(), clientName);
    var lookouts = new Lookouts(nanoClock);
    var pipelines =
        IntStream.range(0, connections)
            .mapToObj(
                number ->
                    new Pipeline(
                        number, endpoint, terms, names, strategy, command, lookouts, nanoClock))
            .toList();
    try {
      pipelines.forEach(Pipeline::open);
      return new PipelinedStock(
          terms.strategy(),
          Settling.prepare(control, terms, names, connections, nanoClock),
          pipelines,
          command,
          new Repeated(strategy.inFull(), MOST_IN_FULL),
          false);
    } catch (JedisException e) {
      pipelines.forEach(Pipeline::close);
      throw RedisProblem.of(e).at(endpoint);
    } catch (StockUnavailableException e) {
      pipelines.forEach(Pipeline::close);
      throw e;
    }
  }

  @Override
  public String strategy() {
    return sold.word();
  }

  @Override
  public Model model() {
    return sold.model();
  }

  @Override
  public List<Stock> jitWarmUps() {
    return Decr.jitWarmUps(settling.terms().key()).stream().map(this::jitWarmUp).toList();
  }

  /** Has the concrete class of the sale, so that the JIT type profiles carry over. */
  private Stock jitWarmUp(OneCommand harmless) {
    var command = new Repeated(harmless.command(), MOST_WARM_UP);
    return new PipelinedStock(sold, settling, pipelines, command, inFull, true);
  }

  /** Nobody waits here: the line is where commands wait to be sent. */
  @Override
  public Optional<Lease> acquire(BooleanSupplier open) {
    return open.getAsBoolean() ? lease : Optional.empty();
  }

  @Override
  public Settlement settle() {
    return jitWarmUp
        ? Settlement.unsettled(OptionalLong.empty(), "a JIT warm-up sells nothing")
        : settling.settle(this::close);
  }

  @Override
  public Settlement settleAndContinue() {
    // With no lease held nothing is in flight, and the next buyers open new connections.
    return settling.within(
        settling.terms().timeout(), () -> pipelines.forEach(Pipeline::disconnect));
  }

  @Override
  public OptionalLong left() {
    return settling.left();
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
  }

  /** A stateless lease, for any number of buyers at once. */
  private final class SharedLease implements Lease {
    private final Repeated what;

    SharedLease(Repeated what) {
      this.what = what;
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
      var buyer = Thread.currentThread().threadId();
      var pipeline = pipelines.get((int) (buyer % pipelines.size()));
      var usual = new Request(what);
      var timed = pipeline.carryOut(usual);
      // Proven not executed, so the other one is the first execution and no retry.
      return usual.scriptUnknown() ? pipeline.carryOut(new Request(inFull)) : timed;
    }

    @Override
    public void close() {
      // Nobody waits for it.
    }
  }
}
