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
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A stock in a Redis key, sold over a few connections that all buyers share. Each buyer still sends
 * a command of its own and gets its own reply.
 */
public final class PipelinedStock implements Inventory {

  /** So that one can be replaced while the other serves; more of them gain nothing. */
  public static final int USUAL_CONNECTIONS = 2;

  private static final int MOST_IN_FULL = 16;

  private final RedisStrategy sold;
  private final Settling settling;
  private final List<Pipeline> pipelines;
  private final Repeated command;
  private final Repeated inFull;

  private PipelinedStock(
      RedisStrategy sold,
      Settling settling,
      List<Pipeline> pipelines,
      Repeated command,
      Repeated inFull) {
    this.sold = sold;
    this.settling = settling;
    this.pipelines = pipelines;
    this.command = command;
    this.inFull = inFull;
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
    var pipelines =
        IntStream.range(0, connections)
            .mapToObj(
                number ->
                    new Pipeline(number, endpoint, terms, names, strategy, command, nanoClock))
            .toList();
    try {
      pipelines.forEach(Pipeline::open);
      return new PipelinedStock(
          terms.strategy(),
          Settling.prepare(control, terms, names, connections, nanoClock),
          pipelines,
          command,
          new Repeated(strategy.inFull(), MOST_IN_FULL));
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
  public Optional<Stock> rehearsal() {
    var exists = new Exists(settling.terms().key()).command();
    var harmless = new Repeated(exists, Pipeline.MOST_UNANSWERED);
    return Optional.of(new RehearsalStock(this, open -> awaitTurn(open, harmless)));
  }

  /** Nobody waits here: the line is where commands wait to be sent. */
  @Override
  public Optional<Turn> awaitTurn(BooleanSupplier open) {
    return awaitTurn(open, command);
  }

  private Optional<Turn> awaitTurn(BooleanSupplier open, Repeated what) {
    return open.getAsBoolean() ? Optional.of(new SharedTurn(what)) : Optional.empty();
  }

  @Override
  public Settlement settle() {
    return settling.settle(this::close);
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

  /** A turn beside many others. */
  private final class SharedTurn implements Turn {
    private final Repeated what;
    private @Nullable Request request;

    SharedTurn(Repeated what) {
      this.what = what;
    }

    @Override
    public Outcome buy() {
      var buyer = Thread.currentThread().threadId();
      var pipeline = pipelines.get((int) (buyer % pipelines.size()));
      var usual = new Request(what);
      request = usual;
      var outcome = pipeline.carryOut(usual);
      if (!usual.scriptUnknown()) {
        return outcome;
      }
      // Proven not executed, so this is the first execution and no retry.
      var whole = new Request(inFull);
      request = whole;
      return pipeline.carryOut(whole);
    }

    @Override
    public long callNanos(long asked) {
      return request == null ? asked : request.callNanos(asked);
    }

    @Override
    public void close() {
      // Nobody waits for it.
    }
  }
}
