package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Inventory;
import io.github.ticketsim.stock.Model;
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
public final class PipelinedStock implements Inventory {

  /** So that one can be replaced while the other serves; more of them gain nothing. */
  public static final int USUAL_CONNECTIONS = 2;

  /** How many commands of one connection can be sent and without a reply. */
  public static final int MOST_IN_FLIGHT_EACH = Pipeline.MOST_UNANSWERED;

  private static final int MOST_IN_FULL = 16;

  /**
   * Few, so that a rehearsal sends often enough for Java to compile what is done once for many
   * buyers.
   */
  private static final int MOST_REHEARSED = 32;

  private final RedisStrategy sold;
  private final Settling settling;
  private final List<Pipeline> pipelines;
  private final Repeated inFull;
  private final boolean rehearsal;

  /** Everybody's, since it holds nothing. */
  private final Optional<Turn> turn;

  private PipelinedStock(
      RedisStrategy sold,
      Settling settling,
      List<Pipeline> pipelines,
      Repeated command,
      Repeated inFull,
      boolean rehearsal) {
    this.sold = sold;
    this.settling = settling;
    this.pipelines = pipelines;
    this.inFull = inFull;
    this.rehearsal = rehearsal;
    this.turn = Optional.of(new SharedTurn(command));
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
  public List<Stock> rehearsals() {
    return Decr.rehearsals(settling.terms().key()).stream().map(this::rehearsal).toList();
  }

  /** Of the class of the sale, like all that it calls: what Java learns of it then holds later. */
  private Stock rehearsal(OneCommand harmless) {
    var command = new Repeated(harmless.command(), MOST_REHEARSED);
    return new PipelinedStock(sold, settling, pipelines, command, inFull, true);
  }

  /** Nobody waits here: the line is where commands wait to be sent. */
  @Override
  public Optional<Turn> awaitTurn(BooleanSupplier open) {
    return open.getAsBoolean() ? turn : Optional.empty();
  }

  @Override
  public Settlement settle() {
    return rehearsal
        ? Settlement.unsettled(OptionalLong.empty(), "a rehearsal")
        : settling.settle(this::close);
  }

  @Override
  public Settlement takeInventory() {
    // With no turn held nothing is under way, and the next buyers open new connections.
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

  /** A turn beside many others, however often and by however many it is used. */
  private final class SharedTurn implements Turn {
    private final Repeated what;

    SharedTurn(Repeated what) {
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
