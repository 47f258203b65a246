package io.github.ticketsim.fault;

import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.redis.PlainWire;
import io.github.ticketsim.redis.PrivateServer;
import io.github.ticketsim.redis.WireProxy;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.Route;
import io.github.ticketsim.stock.redis.Shards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Injects the faults of one storm. */
public final class Injection implements AutoCloseable {
  private final FaultPlan plan;
  private final Shards shards;
  private final Optional<Deployment> deployment;
  private final LongSupplier nanoClock;
  private final FaultLog log;

  /** One for each way. */
  private final List<WireProxy> faulty = new ArrayList<>();

  private final List<WireProxy> plain = new ArrayList<>();

  /** Platform threads: virtual ones would run only after all runnable buyers, too late. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("faults").factory());

  private Optional<Future<?>> injecting = Optional.empty();

  private Injection(
      FaultPlan plan, Shards shards, Optional<Deployment> deployment, LongSupplier nanoClock)
      throws IOException {
    this.plan = plan;
    this.shards = shards;
    this.deployment = deployment;
    this.nanoClock = nanoClock;
    this.log = new FaultLog(nanoClock);
    var wire = new FaultyWire(new FaultSelector(plan.onTheWire(), plan.seed()), log);
    for (var route : shards.routes()) {
      Supplier<RedisEndpoint> server =
          () ->
              deployment.isPresent() && deployment.get() instanceof PrivateServer ours
                  ? ours.endpoint()
                  : route.serverAskedAnew();
      faulty.add(new WireProxy(server, wire, nanoClock));
      plain.add(new WireProxy(server, new PlainWire(), nanoClock));
    }
  }

  /**
   * Opens proxies between a storm and its Redis.
   *
   * @param shards ways to that Redis, without TLS
   * @param deployment behind the route, if it is ours; needed for faults of the server
   * @param nanoClock monotonic
   */
  public static Injection into(
      FaultPlan plan, Shards shards, Optional<Deployment> deployment, LongSupplier nanoClock) {
    try {
      return new Injection(plan, shards, deployment, nanoClock);
    } catch (IOException e) {
      throw new StockUnavailableException(
          "fault injection", String.valueOf(e.getMessage()), "try again");
    }
  }

  /** The ways with faults on the wire; for the pool. */
  public Shards faulty() {
    return shards.with(
        (route, number) ->
            route.follows() && plan.onTheWire().isEmpty()
                ? route
                : route.through(faulty.get(number).port()));
  }

  /** The ways without them, which lead to the current primaries; for settling. */
  public Shards plain() {
    return shards.with(
        (route, number) ->
            route.follows() ? route : Route.to(route.server().through(plain.get(number).port())));
  }

  /** Starts to inject the faults of the server when due. Call once, before the storm begins. */
  public void begin(StormProgress course) {
    if (plan.onTheServer().isEmpty()) {
      return;
    }
    var ours = deployment.orElseThrow();
    try {
      if (ours instanceof PrivateServer server) {
        server.watchWrites().ifPresent(threads::execute);
      }
      injecting =
          Optional.of(
              threads.submit(
                  new ServerFaults(plan.onTheServer(), ours, shards, course, log, nanoClock)));
    } catch (IOException e) {
      throw new StockUnavailableException(
          "bundled Redis", String.valueOf(e.getMessage()), "try again");
    }
  }

  /**
   * Waits until the current fault of the server, if any, is over. Call after the storm.
   *
   * @param startNanos when the storm began, on the clock
   * @return the injected faults, and those that were not
   */
  public List<Fault> end(long startNanos) throws InterruptedException {
    if (injecting.isPresent()) {
      try {
        var _ = injecting.get().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("fault injection broke down", e);
      }
    }
    var faults = new ArrayList<>(log.since(startNanos));
    plan.faults().stream()
        .filter(fault -> !log.injected(fault))
        .map(Injection::missed)
        .forEach(faults::add);
    return List.copyOf(faults);
  }

  private static Fault missed(FaultSpec fault) {
    return new Fault(
        fault.text(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        switch (fault) {
          case FaultSpec.OnTheWire _ -> "no command was hit";
          case FaultSpec.OnTheServer _ -> "the storm was over before";
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    faulty.forEach(WireProxy::close);
    plain.forEach(WireProxy::close);
  }
}
