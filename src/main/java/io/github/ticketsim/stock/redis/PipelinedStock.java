package io.github.ticketsim.stock.redis;

import io.github.ticketsim.stock.Consecutive;
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
public final class PipelinedStock implements ObservableStock, JitWarmable, Consecutive {

  /** One can be replaced while the other serves; more connections gain nothing. */
  public static final int USUAL_CONNECTIONS = 2;

  /** The limit of commands in flight on one connection. */
  public static final int MOST_IN_FLIGHT_EACH = Pipeline.MOST_UNANSWERED;

  private static final int MOST_EVAL_FALLBACK = 16;

  /**
   * Few, so that a JIT warm-up writes often enough for the JIT to compile what one write does for
   * many buyers.
   */
  private static final int MOST_WARM_UP = 32;

  private final RedisStockConfig config;
  private final Strategy strategy;
  private final Redirections redirections;
  private final Quiesce quiesce;
  private final List<Pipeline> pipelines;
  private final EncodedCommand command;
  private final Optional<EncodedCommand> evalFallback;
  private final boolean jitWarmUp;
  private final StartGate gate = new StartGate();

  /** Stateless, so that all buyers share it. */
  private final Optional<Lease> lease;

  private PipelinedStock(
      RedisStockConfig config,
      Strategy strategy,
      Redirections redirections,
      Quiesce quiesce,
      List<Pipeline> pipelines,
      EncodedCommand command,
      Optional<EncodedCommand> evalFallback,
      boolean jitWarmUp) {
    this.config = config;
    this.strategy = strategy;
    this.redirections = redirections;
    this.quiesce = quiesce;
    this.pipelines = pipelines;
    this.evalFallback = evalFallback;
    this.jitWarmUp = jitWarmUp;
    this.command = command;
    this.lease = Optional.of(new SharedLease());
  }

  /**
   * Opens all connections, so that the storm does not measure connecting.
   *
   * @param route over which to buy
   * @param control over which to settle: the same, without injected faults
   * @param connections to share
   * @param clientName marks the connections at the server; without spaces, unique to the run
   * @param nanoClock monotonic, to stamp calls and bound waits
   * @throws StockUnavailableException when a connection cannot be opened
   * @throws IllegalArgumentException when the strategy does not {@link RedisStrategy#pipelines
   *     pipeline}, or replicas must acknowledge
   */
  public static PipelinedStock open(
      Route route,
      Route control,
      RedisStockConfig config,
      int connections,
      String clientName,
      LongSupplier nanoClock) {
    if (config.replicas() > 0) {
      throw new IllegalArgumentException("WAIT would hold up all who share the connection");
    }
    var strategy = config.strategy().createPipelinable(config.key());
    var command = new EncodedCommand(strategy.command(), Pipeline.MOST_UNANSWERED);
    var names = new NamedConnections(route.server(), config.timeout(), clientName);
    var readers = new ParkedReaders(nanoClock);
    var pipelines =
        IntStream.range(0, connections)
            .mapToObj(
                number ->
                    new Pipeline(
                        number, route, config, names, strategy, command, readers, nanoClock))
            .toList();
    try {
      pipelines.forEach(Pipeline::open);
      var quiesce = Quiesce.prepare(control, config, names, connections, nanoClock);
      return new PipelinedStock(
          config,
          strategy,
          Redirections.of(route, config.timeout(), names, nanoClock),
          quiesce,
          pipelines,
          command,
          strategy.evalFallback().map(eval -> new EncodedCommand(eval, MOST_EVAL_FALLBACK)),
          false);
    } catch (JedisException e) {
      pipelines.forEach(Pipeline::close);
      throw new SecondLook(route.server(), config.timeout()).at(e);
    } catch (StockUnavailableException e) {
      pipelines.forEach(Pipeline::close);
      throw e;
    }
  }

  @Override
  public String strategy() {
    return config.wireName();
  }

  @Override
  public Model model() {
    return config.model();
  }

  @Override
  public List<Stock> jitWarmUps() {
    return config.jitWarmUps().stream().map(this::jitWarmUp).toList();
  }

  /** Has the concrete class of the sale, so that the JIT type profiles carry over. */
  private Stock jitWarmUp(PipelinableStrategy harmless) {
    var command = new EncodedCommand(harmless.command(), MOST_WARM_UP);
    return new PipelinedStock(
        config, harmless, redirections, quiesce, pipelines, command, Optional.empty(), true);
  }

  /** Does not wait: buyers wait where their commands are queued. */
  @Override
  public Optional<Lease> acquire(BooleanSupplier open) {
    return open.getAsBoolean() ? lease : Optional.empty();
  }

  @Override
  public Runnable startGate() {
    return gate.close();
  }

  @Override
  public void buy(BooleanSupplier open, AfterEach each) {
    var pipeline = pipeline();
    var series = new RequestSeries(each);
    gate.pass(
        () -> {
          if (open.getAsBoolean()) {
            pipeline.begin(new PipelinedRequest(command, series));
          } else {
            series.end();
          }
        });
    for (var left = series.awaitLeft(); left != null; left = series.awaitLeft()) {
      if (!each.another(afterAll(pipeline, left, pipeline.ended(left)))) {
        return;
      }
      pipeline.begin(new PipelinedRequest(command, series));
    }
  }

  /** That of the calling thread. */
  private Pipeline pipeline() {
    return pipelines.get((int) (Thread.currentThread().threadId() % pipelines.size()));
  }

  /** How a purchase has ended after all whose request has, if it was declined. */
  private Timed afterAll(Pipeline pipeline, PipelinedRequest request, Timed ended) {
    var usual = request;
    var timed = ended;
    if (usual.redirection() != null) {
      var resent = redirections.resend(pipeline, command, timed, usual, strategy);
      timed = resent.timed();
      usual = resent.request();
    }
    // Proven not executed, so the fallback is the first execution and no retry.
    return usual.scriptUnknown() && evalFallback.isPresent()
        ? pipeline.carryOut(new PipelinedRequest(evalFallback.get()))
        : timed;
  }

  @Override
  public Settlement settle() {
    return jitWarmUp
        ? Settlement.unsettled(OptionalLong.empty(), "a JIT warm-up sells nothing")
        : quiesce.settle(this::close);
  }

  @Override
  public Settlement settleAndContinue() {
    // With no lease held nothing is in flight, and the next buyers open new connections.
    return quiesce.settle(
        config.timeout(),
        () -> {
          pipelines.forEach(Pipeline::disconnect);
          redirections.closeIdle();
        });
  }

  @Override
  public OptionalLong left() {
    return quiesce.left();
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
    redirections.close();
  }

  /** A stateless lease, for any number of buyers at once. */
  private final class SharedLease implements Lease {

    @Override
    public Outcome buy() {
      return carriedOut().outcome();
    }

    @Override
    public Timed buy(LongSupplier nanoClock) {
      return carriedOut();
    }

    private Timed carriedOut() {
      var pipeline = pipeline();
      var request = new PipelinedRequest(command);
      return afterAll(pipeline, request, pipeline.carryOut(request));
    }

    @Override
    public void close() {
      // There is no slot to release.
    }
  }
}
